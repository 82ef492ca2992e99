/** What is looked at, and how much each flaw weighs in the score of its source (100 together). */
export const qualityChecks = {
  deals_without_amount: { source: 'deals', weight: 30 },
  deals_past_close: { source: 'deals', weight: 20 },
  deals_without_close: { source: 'deals', weight: 15 },
  deals_stale: { source: 'deals', weight: 15 },
  deals_owner: { source: 'deals', weight: 10 },
  deals_rate: { source: 'deals', weight: 10 },
  companies_same_name: { source: 'companies', weight: 50 },
  companies_same_identifier: { source: 'companies', weight: 30 },
  companies_owner: { source: 'companies', weight: 20 },
  leads_without_source: { source: 'leads', weight: 70 },
  leads_owner: { source: 'leads', weight: 30 },
  invoices_without_due: { source: 'invoices', weight: 70 },
  invoices_rate: { source: 'invoices', weight: 30 },
  purchases_unpriced: { source: 'purchases', weight: 100 },
  outside_late: { source: 'outside', weight: 50 },
  outside_twice: { source: 'outside', weight: 30 },
  outside_rate: { source: 'outside', weight: 20 },
} as const satisfies Record<string, { source: string, weight: number }>

export type QualityCheckId = keyof typeof qualityChecks
export const qualityCheckIds = Object.keys(qualityChecks) as QualityCheckId[]

export const qualitySources = ['deals', 'companies', 'leads', 'invoices', 'purchases', 'outside'] as const
export type QualitySourceId = (typeof qualitySources)[number]

export const checksOf = (source: QualitySourceId): QualityCheckId[] => qualityCheckIds.filter(id => qualityChecks[id].source === source)
