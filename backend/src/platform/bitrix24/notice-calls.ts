import { AppError } from '@comptoir/shared/errors'
import type { CrmClient } from './client.ts'
import { toMap } from './php-query.ts'

/** What a notice asks of the portal, in our words. Each answers the host's id of what it made. */

export interface Bell {
  readonly userId: number
  readonly message: string
  /** Without codes, for the portal's e-mail. */
  readonly plain: string
  /** A second notice of the same tag takes the first one's place: sending again shows once. */
  readonly tag: string
}

export async function ringBell(client: CrmClient, { userId, message, plain, tag }: Bell): Promise<string> {
  const { result } = await client.call('im.notify.system.add', { USER_ID: userId, MESSAGE: message, MESSAGE_OUT: plain, TAG: tag }, { isRepeatable: true })
  const id = Number(result)
  // The host answers false or zero for somebody it does not know.
  if (!(id > 0))
    throw new AppError('crm.refused', { details: { hostCode: 'USER_UNKNOWN' } })
  return String(id)
}

/** A message in the person's chat with whoever the app speaks for. */
export async function sendMessage(client: CrmClient, userId: number, message: string): Promise<void> {
  await client.call('im.message.add', { DIALOG_ID: String(userId), MESSAGE: message, URL_PREVIEW: 'N' })
}

/** Whether the newest messages of that chat hold this one. Where the portal does not tell, it is taken as said: a message missing is better than one twice, the bell has rung anyway. */
export async function hasMessage(client: CrmClient, userId: number, message: string): Promise<boolean> {
  const { result } = await client.call('im.dialog.messages.get', { DIALOG_ID: String(userId), LIMIT: 20 }, { isRepeatable: true }).catch(refusedAsNothing)
  return result === null || rowsOf(toMap(result).messages).some(({ text }) => text === message)
}

export interface Errand {
  readonly userId: number
  readonly title: string
  readonly text: string
  readonly companyId: number | null
  readonly deadline: Date
}

const company = 4

export async function addTodo(client: CrmClient, { userId, title, text, companyId, deadline }: Errand): Promise<string> {
  const { result } = await client.call('crm.activity.todo.add', {
    ownerTypeId: company, ownerId: companyId, title, description: text, responsibleId: userId, deadline: deadline.toISOString(), pingOffsets: [0],
  })
  return String(toMap(result).id ?? '')
}

export async function addTask(client: CrmClient, { userId, title, text, companyId, deadline }: Errand): Promise<string> {
  const { result } = await client.call('tasks.task.add', {
    fields: {
      TITLE: title, DESCRIPTION: text, RESPONSIBLE_ID: userId, DEADLINE: deadline.toISOString(),
      ...(companyId !== null && { UF_CRM_TASK: [`CO_${companyId}`] }),
    },
  })
  return String(toMap(toMap(result).task).id ?? '')
}

/** Tries whose answer was lost are looked for before they are made again. Null when there is none, or the portal does not tell. */
export async function findTask(client: CrmClient, { userId, title, mark = '' }: Pick<Errand, 'userId' | 'title'> & { readonly mark?: string }, since: Date): Promise<string | null> {
  const { result } = await client.call('tasks.task.list', {
    filter: { TITLE: title, RESPONSIBLE_ID: userId }, select: ['ID', 'TITLE', 'DESCRIPTION', 'CREATED_DATE'], order: { ID: 'desc' },
  }).catch(refusedAsNothing)
  const marked = rowsOf(toMap(result).tasks).filter(({ description }) => String(description ?? '').includes(mark))
  return madeSince(marked, ['id', 'createdDate'], since)
}

export async function findTodo(client: CrmClient, { userId, title, companyId }: Errand, since: Date): Promise<string | null> {
  const { result } = await client.call('crm.activity.list', {
    filter: { OWNER_TYPE_ID: company, OWNER_ID: companyId, SUBJECT: title, RESPONSIBLE_ID: userId }, select: ['ID', 'CREATED'], order: { ID: 'DESC' },
  }).catch(refusedAsNothing)
  return madeSince(rowsOf(result), ['ID', 'CREATED'], since)
}

const rowsOf = (value: unknown): Record<string, unknown>[] => Array.isArray(value) ? value.map(toMap) : Object.values(toMap(value)).map(toMap)

/** Clocks of two servers differ a little. */
const slackMs = 5 * 60_000

function madeSince(rows: readonly Record<string, unknown>[], [id, created]: readonly [string, string], since: Date): string | null {
  const found = rows.find(row => Date.parse(String(row[created] ?? '')) >= since.getTime() - slackMs)
  return found ? String(found[id]) : null
}

const deal = 2

/** The host starts what hangs on the trigger only while the deal has not passed that stage. */
export async function fireTrigger(client: CrmClient, { code, dealId }: { code: string, dealId: number }): Promise<void> {
  await client.call('crm.automation.trigger.execute', { CODE: code, OWNER_TYPE_ID: deal, OWNER_ID: dealId })
}

export interface LogLine {
  readonly of: 'company' | 'deal'
  readonly entityId: number
  readonly title: string
  readonly text: string
}

const typeOf = { company, deal } as const

/** A line of the app's own in the timeline of a record. */
export async function addLogMessage(client: CrmClient, { of, entityId, title, text }: LogLine): Promise<string> {
  const { result } = await client.call('crm.timeline.logmessage.add', { fields: { entityTypeId: typeOf[of], entityId, title, text, iconCode: 'info' } })
  return String(toMap(toMap(result).logMessage).id ?? '')
}

/** The newest ten lines are looked through: an earlier try is among them. */
export async function findLogMessage(client: CrmClient, { of, entityId, title, text }: LogLine, since: Date): Promise<string | null> {
  const { result } = await client.call('crm.timeline.logmessage.list', { entityTypeId: typeOf[of], entityId, order: { id: 'desc' } }).catch(refusedAsNothing)
  // The documentation shows a bare list, portals have answered a map as well.
  const like = rowsOf(Array.isArray(result) ? result : toMap(result).logMessages).filter(row => row.title === title && row.text === text)
  return madeSince(like, ['id', 'created'], since)
}

function refusedAsNothing(error: unknown): { result: unknown } {
  if (error instanceof AppError && !error.isRetryable)
    return { result: null }
  throw error
}
