import { describe, expect, it } from 'vitest'
import { readDrill, recordFilters, writeDrill, type Drill } from './drill.ts'

const drills: Drill[] = [
  { metricId: 'revenue_won', kind: 'all' },
  { metricId: 'revenue_won', kind: 'days', from: '2026-03-01', to: '2026-03-31' },
  { metricId: 'pipeline_open', kind: 'stage', id: 'C1:NEW', label: 'À qualifier ~ suite' },
  { metricId: 'spend_total', kind: 'vendor', id: '7d9f3c1e-0000-4000-8000-000000000001', label: 'Papeterie Morel' },
  { metricId: 'revenue_won', kind: 'all', within: { period: 'last_year' } },
  { metricId: 'spend_total', kind: 'vendor', id: 'a1', label: 'Élan ! & Cie', within: { period: 'custom', from: '2025-07-01', to: '2025-09-30' } },
  { metricId: 'revenue_won', kind: 'days', from: '2026-03-01', to: '2026-03-31', only: [{ by: 'responsible', id: 3, label: 'Zoé ~ l’atelier sud' }] },
  { metricId: 'deals_won', kind: 'all', within: { period: 'last_year' }, only: [{ by: 'responsible', id: 4, label: 'Léa' }, { by: 'pipeline', id: 0, label: 'Général' }] },
  { metricId: 'sales_cycle', kind: 'left-out', reason: 'closed_before_created' },
]

describe('the address of records', () => {
  it('comes back as it was written', () => {
    for (const drill of drills)
      expect(readDrill(writeDrill(drill))).toEqual(drill)
  })

  it('is nothing when it was tampered with', () => {
    for (const text of ['', 'happiness', 'revenue_won~days~yesterday~today', 'revenue_won~left-out~mood', 'revenue_won~planet~x', 'pipeline_open~stage', 'someday!revenue_won', 'custom!revenue_won', 'planet~3~x@revenue_won', 'responsible~3~x@happiness'])
      expect(readDrill(text), text).toBeNull()
  })

  it('narrows the page’s filters and keeps the rest', () => {
    const filters = { period: 'last_12_months', userIds: [3] } as const
    expect(drills.map(drill => recordFilters({ ...filters, userIds: [3] }, drill))).toEqual([
      filters,
      { ...filters, period: 'custom', from: '2026-03-01', to: '2026-03-31' },
      { ...filters, stageId: 'C1:NEW' },
      { ...filters, vendorId: '7d9f3c1e-0000-4000-8000-000000000001' },
      { ...filters, period: 'last_year' },
      { ...filters, period: 'custom', from: '2025-07-01', to: '2025-09-30', vendorId: 'a1' },
      { ...filters, userIds: [3], period: 'custom', from: '2026-03-01', to: '2026-03-31' },
      { ...filters, period: 'last_year', userIds: [4], categoryIds: [0] },
      { ...filters, leftOut: 'closed_before_created' },
    ])
  })
})
