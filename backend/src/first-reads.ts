import type { Home } from '@comptoir/shared/home/home.contract'
import type { Dashboard, MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { Placement } from '@comptoir/shared/portal/portal.contract'
import type { DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import type { CompanyVendor } from '@comptoir/shared/vendors/vendor.contract'
import { homePorts } from './app-home.ts'
import type { FirstData } from './features/entry/entry.routes.ts'
import { readHome } from './features/home/home.ts'
import { firstAnalytics } from './features/insights/dashboard.postgres.ts'
import type { CrmReads } from './features/vendors/crm-reads.ts'
import { firstCompanyTab, firstDealTab } from './features/vendors/vendor-tabs.postgres.ts'
import { paintFirst, writing } from './platform/http/first-paint.ts'
import type { Database } from './platform/storage/database.ts'

/** What each placement shows first, read while the host's post is answered: the page needs no round trip to paint it. */
export function firstReads({ db, now, crm }: { db: Database, now: () => Date, crm: CrmReads }): Partial<Record<Placement, FirstData>> {
  const vendors = { db, now, crm }
  return {
    'main': async (portal, viewer, options, language) => {
      // A link into the app opens another of its pages.
      if (typeof options.to === 'string')
        return null
      const data = await readHome(homePorts({ db, now }, { portal, viewer }))
      return { data, html: paintHome(data, language) }
    },
    'deal-tab': async (portal, viewer, options, language) => {
      const dealId = Number(options.ID)
      if (!Number.isInteger(dealId) || dealId < 1)
        return null
      const data = await firstDealTab(vendors, { portal, viewer }, dealId)
      return { data, html: paintDeal(data, language) }
    },
    'company-tab': async (portal, viewer, options, language) => {
      const companyId = Number(options.ID)
      if (!Number.isInteger(companyId) || companyId < 1)
        return null
      const data = await firstCompanyTab(vendors, { portal, viewer }, companyId)
      return { data, html: data.vendor ? paintCompany(data, language) : '' }
    },
    'analytics': async (portal, viewer, _options, language) => {
      const data = await firstAnalytics(db, portal, viewer, { period: 'last_12_months' }, now())
      return { data, html: paintAnalytics(data, language) }
    },
  }
}

const words = {
  fr: {
    today: 'Aujourd’hui', revenue_won: 'Chiffre d’affaires gagné, 30 jours', win_rate: 'Taux de réussite, 30 jours', pipeline_open: 'Pipeline ouvert', spend_total: 'Dépenses, 30 jours',
    deal: 'Fournisseurs de l’affaire', amount: 'Montant de l’affaire', planned: 'Coût prévu', actual: 'Coût réel', margin: 'Marge attendue', atRisk: 'Marge à risque', coverage: 'Coût connu',
    spend: 'Dépenses, 12 mois', share: 'Part des dépenses', purchases: 'Achats', last: 'Dernier achat',
    analytics: 'Analyse commerciale', revenue: 'Chiffre d’affaires gagné', winRate: 'Taux de réussite', cycle: 'Cycle de vente', average: 'Affaire moyenne', pipeline: 'Pipeline ouvert', allSpend: 'Dépenses',
  },
  en: {
    today: 'Today', revenue_won: 'Revenue won, 30 days', win_rate: 'Win rate, 30 days', pipeline_open: 'Open pipeline', spend_total: 'Spend, 30 days',
    deal: 'Vendors of the deal', amount: 'Deal amount', planned: 'Planned cost', actual: 'Actual cost', margin: 'Expected margin', atRisk: 'Margin at risk', coverage: 'Known cost',
    spend: 'Spend, 12 months', share: 'Share of spend', purchases: 'Purchases', last: 'Last purchase',
    analytics: 'Business analytics', revenue: 'Revenue won', winRate: 'Win rate', cycle: 'Sales cycle', average: 'Average deal', pipeline: 'Open pipeline', allSpend: 'Spend',
  },
}

const wordsOf = (language: string) => language === 'fr' ? words.fr : words.en

function paintHome({ figures }: Home, language: string): string {
  const { roundMoney, percent } = writing(language)
  const say = wordsOf(language)
  return paintFirst({
    title: say.today,
    tiles: figures.map(({ id, result: { unit, currency, value } }) => ({
      label: say[id],
      value: unit === 'percent' ? percent(value) : roundMoney(value === null ? null : { minor: value, currency: currency ?? '' }),
    })),
  })
}

function paintDeal({ deal, margins, supply }: DealVendors, language: string): string {
  const { money, percent } = writing(language)
  const say = wordsOf(language)
  return paintFirst({
    title: say.deal,
    layout: 'six first-noted',
    // Other features bring tabs of their own beside the overview.
    hasTabs: true,
    tiles: [
      { label: say.amount, value: money(deal.amount) },
      { label: say.planned, value: money(margins.planned.cost) },
      { label: say.actual, value: money(margins.actual.cost) },
      { label: say.margin, value: money(margins.expected.margin) },
      { label: say.atRisk, value: money(supply.marginAtRisk) },
      { label: say.coverage, value: percent(supply.coverage) },
    ],
  })
}

function paintCompany({ vendor, spend }: CompanyVendor, language: string): string {
  const { roundMoney, number, percent, day } = writing(language)
  const say = wordsOf(language)
  return paintFirst({
    title: vendor?.name ?? '',
    tiles: [
      { label: say.spend, value: roundMoney(spend?.total.amount ?? null) },
      { label: say.share, value: smallShare(spend?.share ?? null, percent) },
      { label: say.purchases, value: number(spend?.total.purchaseCount || null) },
      { label: say.last, value: day(spend?.lastPurchaseOn ?? null) },
    ],
  })
}

/** A small vendor is not "0 %". */
function smallShare(share: number | null, percent: (value: number | null) => string | null): string | null {
  return share !== null && share > 0 && share < 0.001 ? `< ${percent(0.001)}` : percent(share)
}

function paintAnalytics({ currency, revenueWon, winRate, salesCycle, averageDeal, pipelineOpen, spendTotal }: Dashboard, language: string): string {
  const { roundMoney, days, percent } = writing(language)
  const say = wordsOf(language)
  const amount = ({ value }: MetricResult) => roundMoney(value === null ? null : { minor: value, currency })
  return paintFirst({
    title: say.analytics,
    layout: 'six',
    tiles: [
      { label: say.revenue, value: amount(revenueWon) },
      { label: say.winRate, value: percent(winRate.value, 2) },
      { label: say.cycle, value: days(salesCycle.value) },
      { label: say.average, value: amount(averageDeal) },
      { label: say.pipeline, value: amount(pipelineOpen) },
      { label: say.allSpend, value: amount(spendTotal) },
    ],
  })
}
