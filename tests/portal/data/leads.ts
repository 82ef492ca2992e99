import type { Portal } from '../state.ts'
import type { DealTable } from './deal-table.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { campaignOf } from './campaigns.ts'
import { sources } from './directories.ts'
import { sellerId } from './people.ts'
import { scatter } from './random.ts'

const daySeconds = 86_400
const leads = 360

/** A year of leads; every third became a deal, which names it. */
export function addLeads(portal: Portal, table: DealTable): void {
  const today = portal.clock.now() / 1000
  for (let number = 0; number < leads; number++) {
    const row = table.count - 1 - number * 5
    if (number % 3 === 0 && row >= 0)
      addConverted(portal, table, row)
    else
      addLead(portal, number, { created: today - (1 + number) * daySeconds, stageId: number < 40 ? ['NEW', 'IN_PROCESS'][number % 2]! : 'JUNK', sourceId: scatter(number, 75, 8) === 0 ? '' : sources[scatter(number, 72, sources.length)]!, companyId: 0 })
  }
}

function addConverted(portal: Portal, table: DealTable, row: number): void {
  const sourceId = sources[scatter(row, 1, sources.length)]!
  const created = table.created[row]! - (1 + scatter(row, 73, 12)) * daySeconds
  table.leads.set(row, addLead(portal, row, { created, stageId: 'CONVERTED', sourceId, companyId: table.company[row]!, opportunity: table.amount[row]! }))
}

function addLead(portal: Portal, row: number, { created, ...given }: { created: number, stageId: string, sourceId: string, companyId: number, opportunity?: number }): number {
  const time = toPortalTime(created * 1000)
  const assignedById = sellerId(scatter(row, 74, 30))
  const { id } = portal.crm.add(1, {
    title: `Demande du ${time.slice(8, 10)}/${time.slice(5, 7)}`,
    ...given,
    ...campaignOf(given.sourceId, row),
    assignedById,
    createdTime: time,
    updatedTime: time,
    movedTime: time,
  }, { userId: 1, startsAutomation: false })
  if (given.stageId !== 'NEW' && scatter(row, 76, 8) > 0)
    addAnswer(portal, { leadId: id, responsibleId: assignedById, time: toPortalTime((created + (10 + scatter(row, 77, 1400)) * 60) * 1000) })
  return id
}

/** The first call or mail, within a day. */
function addAnswer({ crm }: Portal, { leadId, responsibleId, time }: { leadId: number, responsibleId: number, time: string }): void {
  const [typeId, providerId, subject] = leadId % 2 === 0 ? [2, 'VOXIMPLANT_CALL', 'Appel'] : [4, 'CRM_EMAIL', 'Courriel']
  crm.activities.insert({
    ownerTypeId: 1, ownerId: leadId, typeId, providerId, subject, createdTime: time, updatedTime: time, deadline: time, completed: 'Y', status: 2, responsibleId, direction: 2,
  })
}
