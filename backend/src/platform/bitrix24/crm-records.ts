import { amountOf, campaignOf, day, instant, integer, positive, semanticsOf, text, word, yes, type CampaignFact, type StageSemantics } from './crm-facts.ts'
import type { Row } from './keyset.ts'

/** Records around the deals, as far as figures need them: whose, when, how much, and nothing about a person. */
interface StagedFact {
  readonly id: number
  readonly stageId: string
  readonly semantics: StageSemantics
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly companyId: number | null
  readonly assignedById: number | null
  readonly createdAt: string
  readonly movedAt: string | null
  readonly updatedAt: string | null
}

export interface LeadFact extends StagedFact, CampaignFact {
  readonly title: string
  readonly contactId: number | null
  readonly sourceId: string | null
}

export interface InvoiceFact extends StagedFact {
  readonly number: string
  readonly taxMinor: number | null
  readonly ownCompanyId: number | null
  readonly dealId: number | null
  readonly issuedOn: string | null
  readonly dueOn: string | null
}

export interface SmartItemFact extends StagedFact {
  readonly title: string
  readonly dealId: number | null
  readonly beginsOn: string | null
  readonly closesOn: string | null
}

export interface ContactFact {
  readonly id: number
  readonly companyId: number | null
  readonly leadId: number | null
  readonly assignedById: number | null
  readonly sourceId: string | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
}

export interface ActivityFact {
  readonly id: number
  readonly ownerTypeId: number
  readonly ownerId: number
  readonly typeId: number
  readonly providerId: string | null
  readonly responsibleId: number | null
  readonly isCompleted: boolean
  readonly direction: number | null
  readonly deadline: string | null
  readonly createdAt: string
  readonly updatedAt: string | null
}

export function readLead(row: Row): LeadFact | null {
  const staged = readStaged(row)
  return staged && { ...staged, title: text(row.title), contactId: positive(row.contactId), sourceId: word(row.sourceId), ...campaignOf(row) }
}

export function readInvoice(row: Row): InvoiceFact | null {
  const staged = readStaged(row)
  return staged && {
    ...staged,
    number: text(row.accountNumber),
    taxMinor: amountOf(row.taxValue, staged.currency),
    ownCompanyId: positive(row.mycompanyId),
    dealId: positive(row.parentId2),
    issuedOn: day(row.begindate),
    dueOn: day(row.closedate),
  }
}

export function readSmartItem(row: Row): SmartItemFact | null {
  const staged = readStaged(row)
  return staged && { ...staged, title: text(row.title), dealId: positive(row.parentId2), beginsOn: day(row.begindate), closesOn: day(row.closedate) }
}

function readStaged(row: Row): StagedFact | null {
  const id = positive(row.id)
  const createdAt = instant(row.createdTime) ?? instant(row.updatedTime)
  if (id === null || createdAt === null)
    return null
  const currency = word(row.currencyId)
  return {
    id,
    stageId: text(row.stageId),
    semantics: semanticsOf(row.stageSemanticId, row.stageId),
    amountMinor: amountOf(row.opportunity, currency),
    currency,
    companyId: positive(row.companyId),
    assignedById: positive(row.assignedById),
    createdAt,
    movedAt: instant(row.movedTime),
    updatedAt: instant(row.updatedTime),
  }
}

export function readContact(row: Row): ContactFact | null {
  const id = positive(row.id)
  return id === null
    ? null
    : {
        id,
        companyId: positive(row.companyId),
        leadId: positive(row.leadId),
        assignedById: positive(row.assignedById),
        sourceId: word(row.sourceId),
        createdAt: instant(row.createdTime),
        updatedAt: instant(row.updatedTime),
      }
}

export function readActivity(row: Row): ActivityFact | null {
  const id = positive(row.ID)
  const ownerTypeId = positive(row.OWNER_TYPE_ID)
  const ownerId = positive(row.OWNER_ID)
  const createdAt = instant(row.CREATED) ?? instant(row.LAST_UPDATED)
  return id === null || ownerTypeId === null || ownerId === null || createdAt === null
    ? null
    : {
        id,
        ownerTypeId,
        ownerId,
        typeId: integer(row.TYPE_ID) ?? 0,
        providerId: word(row.PROVIDER_ID),
        responsibleId: positive(row.RESPONSIBLE_ID),
        isCompleted: yes(row.COMPLETED),
        direction: integer(row.DIRECTION),
        deadline: deadlineOf(row.DEADLINE),
        createdAt,
        updatedAt: instant(row.LAST_UPDATED),
      }
}

/** The host keeps "no deadline" as the last day of the calendar. */
function deadlineOf(value: unknown): string | null {
  return text(value).startsWith('9999') ? null : instant(value)
}
