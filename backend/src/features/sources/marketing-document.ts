import type { ReportChart, ReportColumn, ReportDocument, ReportTable } from '@comptoir/shared/documents/report-document'
import type { MarketingReport, MarketingRow } from '@comptoir/shared/sources/marketing.contract'
import type { Ratio } from '@comptoir/shared/sources/marketing'
import { writtenDate } from '../../platform/documents/written-value.ts'

export interface DocumentContext {
  readonly language: 'fr' | 'en'
  readonly timeZone: string
  readonly now: Date
  readonly viewerName: string
}

const words = {
  fr: {
    title: { channel: 'Marketing par canal', campaign: 'Marketing par campagne' }, period: 'Période', allTime: 'Depuis toujours', rights: 'Droits', rightsOf: 'Affaires visibles par {name} ; coûts de l’entreprise, ratios non calculés',
    none: { channel: 'Origine inconnue', campaign: 'Sans campagne' }, channel: 'Canal', campaign: 'Campagne', cost: 'Coût', leads: 'Prospects', converted: 'Convertis', won: 'Affaires gagnées', revenue: 'Chiffre d’affaires gagné',
    customers: 'Nouveaux clients', costPerLead: 'Coût par prospect', cac: 'Coût d’acquisition (CAC)', roas: 'Retour (ROAS)', conversion: 'Conversion', total: 'Total', chart: 'Coût et chiffre d’affaires gagné',
    definitions: 'Coût par prospect = coût ÷ prospects créés. Les totaux des ratios ne comptent que les lignes dont le coût est connu. CAC = coût ÷ nouveaux clients. ROAS = chiffre d’affaires gagné ÷ coût. Conversion = prospects créés dans la période et gagnés depuis ÷ prospects créés. Une cellule vide : pas de donnée pour diviser.',
    withoutRate: 'Coûts laissés de côté faute de taux de change : {count}.', withoutAmount: 'Affaires gagnées sans montant connu : {count}.',
  },
  en: {
    title: { channel: 'Marketing by channel', campaign: 'Marketing by campaign' }, period: 'Period', allTime: 'All time', rights: 'Rights', rightsOf: 'Deals that {name} may see; costs are the company’s, ratios are not computed',
    none: { channel: 'Unknown origin', campaign: 'No campaign' }, channel: 'Channel', campaign: 'Campaign', cost: 'Cost', leads: 'Leads', converted: 'Converted', won: 'Deals won', revenue: 'Revenue won',
    customers: 'New customers', costPerLead: 'Cost per lead', cac: 'Acquisition cost (CAC)', roas: 'Return (ROAS)', conversion: 'Conversion', total: 'Total', chart: 'Cost and revenue won',
    definitions: 'Cost per lead = cost ÷ leads created. Totals of ratios count only rows whose cost is known. CAC = cost ÷ new customers. ROAS = revenue won ÷ cost. Conversion = leads created in the period and won since ÷ leads created. An empty cell: there is nothing to divide by.',
    withoutRate: 'Costs left out for want of an exchange rate: {count}.', withoutAmount: 'Won deals without a known amount: {count}.',
  },
} as const

export function marketingDocument(report: MarketingReport, { language, timeZone, now, viewerName }: DocumentContext): ReportDocument {
  const text = words[language]
  return {
    title: text.title[report.by],
    facts: [
      { label: text.period, value: report.from === null || report.to === null ? text.allTime : `${writtenDate(report.from, language)} – ${writtenDate(report.to, language)}` },
      ...report.isRestricted ? [{ label: text.rights, value: text.rightsOf.replace('{name}', viewerName) }] : [],
    ],
    madeAt: now.toISOString(), language, timeZone,
    blocks: [chartOf(report, language), tableOf(report, language), { type: 'text', text: text.definitions }],
  }
}

const labelOf = ({ label }: MarketingRow, { by }: MarketingReport, language: 'fr' | 'en'): string => label ?? words[language].none[by]
const dimensionOf = ({ by }: MarketingReport, language: 'fr' | 'en'): ReportColumn => ({ label: words[language][by], kind: 'text' })
const mostBars = 12

function chartOf(report: MarketingReport, language: 'fr' | 'en'): ReportChart {
  const text = words[language]
  const shown = report.rows.slice(0, mostBars)
  return {
    type: 'chart', title: text.chart, chart: 'bar-across', kind: 'money', currency: report.currency,
    dimension: dimensionOf(report, language), labels: shown.map(row => labelOf(row, report, language)),
    series: [{ label: text.cost, values: shown.map(({ costMinor }) => costMinor) }, { label: text.revenue, values: shown.map(({ revenueMinor }) => revenueMinor) }],
    summary: text.chart,
  }
}

const minor = ({ value }: Ratio): number | null => value === null ? null : Math.round(value)
const percent = ({ value }: Ratio): number | null => value === null ? null : value * 100

function tableOf(report: MarketingReport, language: 'fr' | 'en'): ReportTable {
  const text = words[language]
  const money = { kind: 'money', currency: report.currency } as const
  const cells = (row: Omit<MarketingRow, 'key' | 'label'>) =>
    [row.costMinor, row.leads, row.converted, percent(row.conversion), minor(row.costPerLead), row.won, row.newCustomers, minor(row.cac), row.revenueMinor, row.roas.value]
  const { costsWithoutRate, wonWithoutAmount } = report.leftOut
  const note = [
    ...costsWithoutRate > 0 ? [text.withoutRate.replace('{count}', String(costsWithoutRate))] : [], ...wonWithoutAmount > 0 ? [text.withoutAmount.replace('{count}', String(wonWithoutAmount))] : [],
  ].join(' ')
  return {
    type: 'table', title: text.title[report.by],
    columns: [
      dimensionOf(report, language), { label: text.cost, ...money }, { label: text.leads, kind: 'integer' }, { label: text.converted, kind: 'integer' }, { label: text.conversion, kind: 'percent' },
      { label: text.costPerLead, ...money }, { label: text.won, kind: 'integer' }, { label: text.customers, kind: 'integer' }, { label: text.cac, ...money }, { label: text.revenue, ...money }, { label: text.roas, kind: 'number' },
    ],
    rows: report.rows.map(row => [labelOf(row, report, language), ...cells(row)]),
    totals: [text.total, ...cells(report.total)],
    ...note !== '' && { note },
  }
}
