import type { SegmentSubject } from '@comptoir/shared/segments/fields'
import type { Group } from '@comptoir/shared/segments/rule'

export const exampleIds = ['recentWins', 'returning', 'dormantVendors'] as const
export type ExampleId = (typeof exampleIds)[number]

/** Ready rules that show what a segment can be; each opens in the builder, to be made one's own. */
export const examples: Readonly<Record<ExampleId, { readonly subject: SegmentSubject, readonly rule: Group }>> = {
  recentWins: {
    subject: 'deal',
    rule: { kind: 'all', rules: [
      { field: 'outcome', operator: 'in', values: ['won'] },
      { field: 'closed_on', operator: 'last_days', values: [90] },
    ] },
  },
  returning: {
    subject: 'deal',
    rule: { kind: 'all', rules: [
      { field: 'outcome', operator: 'in', values: ['open'] },
      { kind: 'any', rules: [{ field: 'returning', operator: 'yes', values: [] }, { field: 'purchases', operator: 'at_least', values: [2] }] },
    ] },
  },
  dormantVendors: {
    subject: 'vendor',
    rule: { kind: 'all', rules: [
      { field: 'vendor_status', operator: 'in', values: ['active'] },
      { field: 'vendor_purchases', operator: 'is', values: [0], period: 'last_12_months' },
    ] },
  },
}
