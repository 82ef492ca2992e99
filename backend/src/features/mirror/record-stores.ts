import type { RecordStore, StagedTable } from './records.postgres.ts'

const source = { source_id: ['sourceId', 'text'] } as const
const campaign = {
  utm_source: ['utmSource', 'text'], utm_medium: ['utmMedium', 'text'], utm_campaign: ['utmCampaign', 'text'],
  utm_content: ['utmContent', 'text'], utm_term: ['utmTerm', 'text'],
} as const
const stage = { stage_id: ['stageId', 'text'], moved_at: ['movedAt', 'timestamptz'] } as const
const client = { company_id: ['companyId', 'int'], assigned_by_id: ['assignedById', 'int'] } as const
const times = { created_at: ['createdAt', 'timestamptz'], updated_at: ['updatedAt', 'timestamptz'] } as const

export const leadStore: RecordStore = {
  table: 'crm_leads',
  id: 'lead_id',
  stagesOf: 1,
  columns: { title: ['title', 'text'], contact_id: ['contactId', 'int'], ...stage, ...client, ...source, ...campaign, ...times },
}

export const contactStore: RecordStore = {
  table: 'crm_contacts',
  id: 'contact_id',
  columns: { lead_id: ['leadId', 'int'], ...client, ...source, ...times },
}

export const invoiceStore: RecordStore = {
  table: 'crm_invoices',
  id: 'invoice_id',
  stagesOf: 31,
  ratedOn: 'issued_on',
  columns: {
    number: ['number', 'text'], tax_minor: ['taxMinor', 'bigint'], own_company_id: ['ownCompanyId', 'int'], deal_id: ['dealId', 'int'],
    issued_on: ['issuedOn', 'date'], due_on: ['dueOn', 'date'], ...stage, ...client, ...times,
  },
}

export const activityStore: RecordStore = {
  table: 'crm_activities',
  id: 'activity_id',
  columns: {
    owner_type_id: ['ownerTypeId', 'int'], owner_id: ['ownerId', 'int'], type_id: ['typeId', 'int'], provider_id: ['providerId', 'text'],
    responsible_id: ['responsibleId', 'int'], is_completed: ['isCompleted', 'boolean'], direction: ['direction', 'int'], deadline: ['deadline', 'timestamptz'], ...times,
  },
}

export const smartItemStore = (entityTypeId: number): RecordStore => ({
  table: 'crm_smart_items',
  id: 'item_id',
  entityTypeId,
  stagesOf: entityTypeId,
  columns: {
    title: ['title', 'text'], deal_id: ['dealId', 'int'], begins_on: ['beginsOn', 'date'], closes_on: ['closesOn', 'date'],
    ...stage, ...client, ...times,
  },
})

export const stagedTables: readonly StagedTable[] = [leadStore, invoiceStore, { table: 'crm_smart_items' }]
