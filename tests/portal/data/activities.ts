import type { Item, RowSource } from '../crm/collection.ts'
import type { DealTable } from './deal-table.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { lostStage, wonStage } from './deal-table.ts'
import { scatter } from './random.ts'

/** Room for the activities of one deal; their ids leave gaps where there were fewer. */
const slots = 4
const daySeconds = 86_400

type Kind = [typeId: number, providerId: string, subject: string]
const kinds: Kind[] = [
  [2, 'VOXIMPLANT_CALL', 'Appel'], [4, 'CRM_EMAIL', 'Courriel'], [1, 'CRM_MEETING', 'Rendez-vous'], [6, 'CRM_TODO', 'À faire'],
]

/** Calls, mails, meetings and to-dos of the deals: those that were won had more of them. */
export function activityRows({ count: deals, stage, owner, created, moved }: DealTable): RowSource {
  const many = (row: number) => stage[row] === wonStage ? 2 + scatter(row, 60, 3) : stage[row]! >= lostStage ? 1 + scatter(row, 60, 2) : scatter(row, 60, 4)
  let count = 0
  for (let row = 0; row < deals; row++)
    count += many(row)

  const rowOf = (id: number) => Math.floor((id - 1) / slots)
  const slotOf = (id: number) => (id - 1) % slots
  const kindOf = (id: number) => kinds[scatter(id, 61, kinds.length)]!
  const at = (id: number) => created[rowOf(id)]! + Math.round((moved[rowOf(id)]! - created[rowOf(id)]!) * (slotOf(id) + 1) / (many(rowOf(id)) + 1))
  const isOpen = (id: number) => stage[rowOf(id)]! < wonStage && slotOf(id) === many(rowOf(id)) - 1

  const read: Record<string, (id: number) => unknown> = {
    id: id => id,
    ownerTypeId: () => 2,
    ownerId: id => rowOf(id) + 1,
    typeId: id => kindOf(id)[0],
    providerId: id => kindOf(id)[1],
    subject: id => kindOf(id)[2],
    createdTime: id => toPortalTime(at(id) * 1000),
    updatedTime: id => toPortalTime(at(id) * 1000),
    deadline: id => toPortalTime((at(id) + (1 + scatter(id, 62, 14)) * daySeconds) * 1000),
    completed: id => isOpen(id) ? 'N' : 'Y',
    status: id => isOpen(id) ? 1 : 2,
    responsibleId: id => owner[rowOf(id)],
    direction: id => 1 + scatter(id, 63, 2),
  }
  const fields = Object.entries(read)
  const maxId = deals * slots

  return {
    maxId,
    count,
    has: id => id >= 1 && id <= maxId && slotOf(id) < many(rowOf(id)),
    item: id => Object.fromEntries(fields.map(([name, value]) => [name, value(id)])) as Item,
    value: (id, field) => read[field]?.(id),
    time: (id, field) => field === 'createdTime' || field === 'updatedTime' ? at(id) * 1000 : undefined,
  }
}
