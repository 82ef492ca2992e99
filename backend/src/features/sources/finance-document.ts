import type { ReportBlock, ReportDocument } from '@comptoir/shared/documents/report-document'
import type { Books, FinanceReport } from '@comptoir/shared/sources/finance.contract'
import { writtenDate } from '../../platform/documents/written-value.ts'

const words = {
  fr: {
    title: 'Délais de paiement et marge', period: 'Période', allTime: 'Depuis toujours', files: 'Fichiers', dso: 'DSO (jours)', dsoBack: 'DSO par épuisement (jours)', dpo: 'DPO (jours)', dpoBack: 'DPO par épuisement (jours)',
    revenue: 'Ventes (70)', purchases: 'Achats (60)', margin: 'Marge brute', rate: 'Taux de marge', month: 'Mois', receivables: 'Créances clients (411)', payables: 'Dettes fournisseurs (401)', sum: 'Total',
    open: 'Dettes ouvertes dans Comptoir', overdue: 'Dont échues', ownDpo: 'DPO d’après Comptoir (jours)', none: 'Aucun fichier des écritures chargé.', missing: 'Mois sans écritures : {count}.', opening: 'Sans à-nouveaux : les encours ne comptent que les mouvements des fichiers.',
    definitions: 'DSO = créances moyennes (ouverture et clôture) ÷ ventes facturées TTC × jours. DPO = dettes moyennes ÷ achats facturés TTC × jours. Par épuisement : les mois les plus récents sont retirés du solde de clôture. Marge brute = comptes 70 moins comptes 60.',
  },
  en: {
    title: 'Payment delays and margin', period: 'Period', allTime: 'All time', files: 'Files', dso: 'DSO (days)', dsoBack: 'DSO counted back (days)', dpo: 'DPO (days)', dpoBack: 'DPO counted back (days)',
    revenue: 'Sales (70)', purchases: 'Purchases (60)', margin: 'Gross margin', rate: 'Margin rate', month: 'Month', receivables: 'Receivables (411)', payables: 'Payables (401)', sum: 'Total',
    open: 'Open debts in Comptoir', overdue: 'Of these overdue', ownDpo: 'DPO by Comptoir (days)', none: 'No file of accounting entries is loaded.', missing: 'Months without entries: {count}.', opening: 'No opening balances: balances count the movements of the files only.',
    definitions: 'DSO = average receivables (opening and closing) ÷ sales invoiced with VAT × days. DPO = average payables ÷ purchases invoiced with VAT × days. Counted back: the latest months are taken off the closing balance. Gross margin = accounts 70 less accounts 60.',
  },
} as const

export interface DocumentContext { readonly language: 'fr' | 'en', readonly timeZone: string, readonly now: Date }

export function financeDocument({ from, to, books, own }: FinanceReport, { language, timeZone, now }: DocumentContext): ReportDocument {
  const text = words[language]
  const money = { kind: 'money', currency: own.currency } as const
  return {
    title: text.title,
    facts: [{ label: text.period, value: from === null || to === null ? text.allTime : `${writtenDate(from, language)} – ${writtenDate(to, language)}` }, ...books ? [{ label: text.files, value: books.files.map(({ fileName }) => fileName).join(', ') }] : []],
    madeAt: now.toISOString(), language, timeZone,
    blocks: [
      ...books ? blocksOf(books, language) : [{ type: 'text' as const, text: text.none }],
      { type: 'figures', items: [{ label: text.open, ...money, value: own.openMinor }, { label: text.overdue, ...money, value: own.overdueMinor }, { label: text.ownDpo, kind: 'number', value: own.dpo }] },
      { type: 'text', text: text.definitions },
    ],
  }
}

function blocksOf(books: Books, language: 'fr' | 'en'): ReportBlock[] {
  const text = words[language]
  const money = { kind: 'money', currency: books.currency } as const
  const percent = (rate: number | null): number | null => rate === null ? null : rate * 100
  const notes = [...books.missingMonths.length > 0 ? [text.missing.replace('{count}', String(books.missingMonths.length))] : [], ...books.hasUnknownOpening ? [text.opening] : []].join(' ')
  return [
    { type: 'figures', items: [
      { label: text.dso, kind: 'number', value: books.dso }, { label: text.dsoBack, kind: 'number', value: books.dsoCountBack }, { label: text.dpo, kind: 'number', value: books.dpo }, { label: text.dpoBack, kind: 'number', value: books.dpoCountBack },
      { label: text.revenue, ...money, value: books.revenueMinor }, { label: text.margin, ...money, value: books.marginMinor }, { label: text.rate, kind: 'percent', value: percent(books.marginRate) },
    ] },
    {
      type: 'table', title: text.title,
      columns: [{ label: text.month, kind: 'month' }, { label: text.revenue, ...money }, { label: text.purchases, ...money }, { label: text.margin, ...money }, { label: text.rate, kind: 'percent' }, { label: text.receivables, ...money }, { label: text.payables, ...money }],
      rows: books.months.map(month => [month.month, month.revenueMinor, month.purchasesMinor, month.marginMinor, percent(month.marginRate), month.receivablesMinor, month.payablesMinor]),
      totals: [text.sum, books.revenueMinor, books.revenueMinor - books.marginMinor, books.marginMinor, percent(books.marginRate), null, null],
      ...notes !== '' && { note: notes },
    },
  ]
}
