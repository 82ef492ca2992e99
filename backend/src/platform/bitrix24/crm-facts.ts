import { toMinor } from '@comptoir/shared/money'
import type { Row } from './keyset.ts'

/** The CRM's records in our spelling. Ids are numbers, "nobody" and "nothing" are null, times are instants. */
export type StageSemantics = 'P' | 'S' | 'F'

/** The campaign that the portal noted beside a record. */
export interface CampaignFact {
  readonly utmSource: string | null
  readonly utmMedium: string | null
  readonly utmCampaign: string | null
  readonly utmContent: string | null
  readonly utmTerm: string | null
}

export interface DealFact extends CampaignFact {
  readonly id: number
  readonly title: string
  readonly categoryId: number
  readonly stageId: string
  readonly semantics: StageSemantics
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly companyId: number | null
  readonly assignedById: number | null
  readonly sourceId: string | null
  readonly leadId: number | null
  readonly createdAt: string
  readonly beginsOn: string | null
  readonly closesOn: string | null
  readonly closesAt: string | null
  readonly movedAt: string | null
  readonly updatedAt: string | null
}

export interface CompanyFact {
  readonly id: number
  readonly title: string
  readonly typeId: string | null
  readonly categoryId: number
  readonly assignedById: number | null
  readonly isMyCompany: boolean
  readonly createdAt: string | null
  readonly updatedAt: string | null
}

export interface StageChangeFact {
  readonly id: number
  readonly dealId: number
  /** 1 created, 2 moved, 3 finished, 5 changed pipeline. */
  readonly kind: number
  readonly categoryId: number
  readonly stageId: string
  readonly semantics: StageSemantics
  readonly at: string
}

export interface ProductRowFact {
  readonly id: number
  readonly dealId: number
  readonly productId: number | null
  readonly name: string
  /** In major units: a row has no currency of its own, it takes its deal's. */
  readonly price: number
  readonly quantity: number
  readonly discountRate: number
}

export function readDeal(row: Row): DealFact | null {
  const id = positive(row.id)
  const createdAt = instant(row.createdTime) ?? instant(row.updatedTime)
  if (id === null || createdAt === null)
    return null
  const currency = word(row.currencyId)
  return {
    id,
    title: text(row.title),
    categoryId: integer(row.categoryId) ?? 0,
    stageId: text(row.stageId),
    semantics: semanticsOf(row.stageSemanticId, row.stageId),
    amountMinor: amountOf(row.opportunity, currency),
    currency,
    companyId: positive(row.companyId),
    assignedById: positive(row.assignedById),
    sourceId: word(row.sourceId),
    leadId: positive(row.leadId),
    ...campaignOf(row),
    createdAt,
    beginsOn: day(row.begindate),
    closesOn: day(row.closedate),
    closesAt: instant(row.closedate),
    movedAt: instant(row.movedTime),
    updatedAt: instant(row.updatedTime),
  }
}

export function readCompany(row: Row): CompanyFact | null {
  const id = positive(row.id)
  return id === null
    ? null
    : {
        id,
        title: text(row.title),
        typeId: word(row.typeId),
        categoryId: integer(row.categoryId) ?? 0,
        assignedById: positive(row.assignedById),
        isMyCompany: yes(row.isMyCompany),
        createdAt: instant(row.createdTime),
        updatedAt: instant(row.updatedTime),
      }
}

export function readStageChange(row: Row): StageChangeFact | null {
  const id = positive(row.ID)
  const dealId = positive(row.OWNER_ID)
  const at = instant(row.CREATED_TIME)
  return id === null || dealId === null || at === null
    ? null
    : {
        id,
        dealId,
        kind: integer(row.TYPE_ID) ?? 0,
        categoryId: integer(row.CATEGORY_ID) ?? 0,
        stageId: text(row.STAGE_ID),
        semantics: semanticsOf(row.STAGE_SEMANTIC_ID, row.STAGE_ID),
        at,
      }
}

export function readProductRow(row: Row): ProductRowFact | null {
  const id = positive(row.id)
  const dealId = positive(row.ownerId)
  const price = Number(row.price)
  const quantity = Number(row.quantity)
  return id === null || dealId === null || !Number.isFinite(price) || !Number.isFinite(quantity)
    ? null
    : { id, dealId, productId: positive(row.productId), name: text(row.productName), price, quantity, discountRate: Number(row.discountRate) || 0 }
}

export const campaignOf = ({ utmSource, utmMedium, utmCampaign, utmContent, utmTerm }: Row): CampaignFact =>
  ({ utmSource: word(utmSource), utmMedium: word(utmMedium), utmCampaign: word(utmCampaign), utmContent: word(utmContent), utmTerm: word(utmTerm) })

export const amountOf = (value: unknown, currency: string | null): number | null =>
  value === null || value === undefined || value === '' ? null : toMinor(Number(value), currency ?? '')

/** The host's word; where it gives none, the ids of its own final stages tell (`WON`, `C3:LOSE`, an invoice's `DT31_4:P`). */
export function semanticsOf(value: unknown, stageId: unknown): StageSemantics {
  const said = text(value).toUpperCase()
  if (said !== '')
    return said === 'S' || said === 'F' ? said : 'P'
  const [name = ''] = /(?<=^|:)(?:WON|LOSE|APOLOGY|CONVERTED|JUNK|SUCCESS|FAIL)$|^DT31_\d+:[PD]$/.exec(text(stageId)) ?? []
  if (name === '')
    return 'P'
  return /^(?:WON|CONVERTED|SUCCESS)$|:P$/.test(name) ? 'S' : 'F'
}

export function integer(value: unknown): number | null {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  return Number.isSafeInteger(number) ? number : null
}

/** Ids: the host writes "none" as 0, "0", "" or null. */
export function positive(value: unknown): number | null {
  const number = integer(value)
  return number !== null && number > 0 ? number : null
}

export const text = (value: unknown): string => typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export const word = (value: unknown): string | null => text(value) === '' ? null : text(value)

export const yes = (value: unknown): boolean => value === true || value === 'Y' || value === '1' || value === 1 || value === 'true'

export function instant(value: unknown): string | null {
  const at = typeof value === 'string' && value !== '' ? new Date(value) : null
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

/** The calendar day as the portal wrote it: its own offset decides, not ours. */
export function day(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null
}
