import type { CrmClient } from './client.ts'
import { positive, text } from './crm-facts.ts'
import { toList, toMap } from './php-query.ts'

export interface SmartProcessFact {
  readonly entityTypeId: number
  readonly title: string
}

const pageSize = 50
/** Nobody has thousands of them; a portal that answers the same page for ever must not hold us up. */
const mostPages = 20

/** The kinds of records that the portal's administrators made up. */
export async function readSmartProcesses(client: Pick<CrmClient, 'call'>): Promise<SmartProcessFact[]> {
  const found = new Map<number, SmartProcessFact>()
  for (let page = 0; page < mostPages; page++) {
    const { result, next } = await client.call('crm.type.list', { order: { id: 'ASC' }, start: page * pageSize })
    for (const row of toList(toMap(result).types).map(toMap)) {
      const entityTypeId = positive(row.entityTypeId)
      // Smart invoices stand in this list, too, and are read anyway.
      if (entityTypeId !== null && entityTypeId !== 31)
        found.set(entityTypeId, { entityTypeId, title: text(row.title) })
    }
    if (next === null)
      break
  }
  return [...found.values()]
}
