import type { RecordStore } from './records.postgres.ts'

const campaign = {
  source_id: ['sourceId', 'text'], utm_source: ['utmSource', 'text'], utm_medium: ['utmMedium', 'text'], utm_campaign: ['utmCampaign', 'text'],
  utm_content: ['utmContent', 'text'], utm_term: ['utmTerm', 'text'],
} as const
const times = { created_at: ['createdAt', 'timestamptz'], updated_at: ['updatedAt', 'timestamptz'] } as const

export const leadStore: RecordStore = {
  table: 'crm_leads',
  id: 'lead_id',
  stagesOf: 1,
  columns: {
    title: ['title', 'text'], stage_id: ['stageId', 'text'], company_id: ['companyId', 'int'], contact_id: ['contactId', 'int'],
    assigned_by_id: ['assignedById', 'int'], ...campaign, moved_at: ['movedAt', 'timestamptz'], ...times,
  },
}

/** Kinds whose meaning and base amount follow the directories. */
export const stagedStores: readonly RecordStore[] = [leadStore]
