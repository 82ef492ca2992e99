import { amountOf, campaignOf, instant, positive, semanticsOf, text, word, type CampaignFact, type StageSemantics } from './crm-facts.ts'
import type { Row } from './keyset.ts'

/** Records around the deals, as far as figures need them: whose, when, how much, and never a name or a number of a person. */
export interface LeadFact extends CampaignFact {
  readonly id: number
  readonly title: string
  readonly stageId: string
  readonly semantics: StageSemantics
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly companyId: number | null
  readonly contactId: number | null
  readonly assignedById: number | null
  readonly sourceId: string | null
  readonly createdAt: string
  readonly movedAt: string | null
  readonly updatedAt: string | null
}

export function readLead(row: Row): LeadFact | null {
  const id = positive(row.id)
  const createdAt = instant(row.createdTime) ?? instant(row.updatedTime)
  if (id === null || createdAt === null)
    return null
  const currency = word(row.currencyId)
  return {
    id,
    title: text(row.title),
    stageId: text(row.stageId),
    semantics: semanticsOf(row.stageSemanticId, row.stageId),
    amountMinor: amountOf(row.opportunity, currency),
    currency,
    companyId: positive(row.companyId),
    contactId: positive(row.contactId),
    assignedById: positive(row.assignedById),
    sourceId: word(row.sourceId),
    ...campaignOf(row),
    createdAt,
    movedAt: instant(row.movedTime),
    updatedAt: instant(row.updatedTime),
  }
}
