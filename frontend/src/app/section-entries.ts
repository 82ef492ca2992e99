import type { TextGroup } from '../platform/i18n/text-groups.ts'
import type { SectionEntry } from '../platform/sections.ts'

export interface SectionFile extends Pick<SectionEntry, 'id' | 'group'> {
  /** Feature folder and file of the section. */
  readonly section: string
  /** The groups of texts that it shows beside those of every page. */
  readonly texts: readonly TextGroup[]
}

/** Tabs of a vendor, in their order; each has a label under `app.vendorSections`. */
export const vendorSectionEntries: readonly SectionFile[] = [
  { id: 'deals', group: null, section: 'vendors/VendorDealsSection', texts: ['vendors'] },
  { id: 'attributes', group: null, section: 'attributes/AttributesSection', texts: ['attributes'] },
  { id: 'purchasing', group: 'prices', section: 'purchasing/PurchasingSection', texts: ['files', 'purchasing'] },
  { id: 'scorecard', group: 'scores', section: 'scorecards/ScorecardSection', texts: ['scorecards'] },
  { id: 'contracts', group: 'documents', section: 'relationship/ContractsSection', texts: ['files', 'relationship'] },
  { id: 'documents', group: 'documents', section: 'relationship/DocumentsSection', texts: ['files', 'relationship'] },
  { id: 'payments', group: 'prices', section: 'payments/PaymentsSection', texts: ['payments'] },
  { id: 'rights', group: null, section: 'access/RightsSection', texts: ['access', 'recordHistory'] },
  { id: 'board', group: null, section: 'insights/RecordBoardSection', texts: ['boards', 'insights', 'scenarios'] },
]

/** Tabs of a deal, in their order; each has a label under `app.dealSections`. */
export const dealSectionEntries: readonly SectionFile[] = [
  { id: 'board', group: null, section: 'insights/RecordBoardSection', texts: ['boards', 'insights', 'scenarios'] },
]
