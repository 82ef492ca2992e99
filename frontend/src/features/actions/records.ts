import type { ActionDocument } from '@comptoir/shared/actions/action.contract'
import { hasText, t } from '../../platform/i18n/i18n.ts'

export interface RecordChoice extends ActionDocument {
  readonly title: string
}

const named: Readonly<Record<number, string>> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company' }

/** Kinds of records the preview can read. */
export const previewTypes: readonly number[] = [2, 4]

/** The record's card in the host. */
export const recordPath = ({ entityTypeId, entityId }: ActionDocument): string =>
  named[entityTypeId] ? `/crm/${named[entityTypeId]}/details/${entityId}/` : `/crm/type/${entityTypeId}/details/${entityId}/`

/** Affaire n° 7. */
export function recordName({ entityTypeId, entityId }: ActionDocument): string {
  const key = `actions.records.${named[entityTypeId] ?? entityTypeId}`
  // An id is a name, not a quantity: no thousands separator.
  return t(hasText(key) ? key : 'actions.records.other', { id: String(entityId) })
}

/** « l’affaire n° 7 « Chaises » », for the middle of a sentence. */
export function recordInSentence({ entityTypeId, entityId, title }: RecordChoice): string {
  const key = `actions.records.inSentence.${named[entityTypeId] ?? 'other'}`
  return t(hasText(key) ? key : 'actions.records.inSentence.other', { id: String(entityId), title })
}

const last = new Map<number, RecordChoice>()

/** The record tried last, while the page lives. */
export const lastRecord = (entityTypeId: number | null): RecordChoice | null => last.get(entityTypeId ?? 0) ?? null

export function rememberRecord(record: RecordChoice | null): void {
  if (record)
    last.set(record.entityTypeId, record)
}
