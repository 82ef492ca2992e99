import type { LocationQuery } from 'vue-router'
import { readBoot } from '../../platform/boot.ts'

/** Which card of the CRM the tab sits in; null while the card has not been saved. `?id=` opens the tab on its own. */
export function cardId(query: LocationQuery): number | null {
  const id = Number(query.id ?? readBoot(document)?.options.ID)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}
