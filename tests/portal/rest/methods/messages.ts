import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { Notification } from '../../state.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { notify } from '../../work/notifications.ts'
import { listParam, numberParam, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'

const attachLimit = 30_000
const refused = (code: string, description: string) => new RestError(400, code, description)

function send({ portal, caller, params }: RestCall, fromUserId: number | null): number {
  const userId = numberParam(params, 'USER_ID') || numberParam(params, 'to')
  if (userId <= 0)
    throw refused('USER_ID_EMPTY', 'User ID can\'t be empty')
  const message = textParam(params, 'MESSAGE').trim()
  if (message === '')
    throw refused('MESSAGE_EMPTY', 'Message can\'t be empty')
  const attach = param(params, 'ATTACH') ?? null
  if (attach !== null && typeof attach === 'string' && attach !== '')
    throw refused('ATTACH_ERROR', 'Incorrect attach params')
  if (attach !== null && JSON.stringify(attach).length > attachLimit)
    throw refused('ATTACH_OVERSIZE', 'You have exceeded the maximum allowable size of attach')
  if (!portal.users.has(userId))
    return 0
  return notify(portal, {
    userId,
    fromUserId,
    clientId: caller.app?.clientId ?? null,
    message,
    messageOut: textParam(params, 'MESSAGE_OUT'),
    tag: textParam(params, 'TAG'),
    subTag: textParam(params, 'SUB_TAG'),
    attach,
  }).id
}

const own = ({ portal, caller }: RestCall): Notification[] => portal.notifications.filter(({ userId }) => userId === caller.user.id)

/** By id, by tag or by sub-tag: an app only removes what it has sent itself. */
function remove(call: RestCall): boolean {
  const { portal, caller, params } = call
  const wanted = { id: numberParam(params, 'ID'), tag: textParam(params, 'TAG'), subTag: textParam(params, 'SUB_TAG') }
  if (wanted.id <= 0 && wanted.tag === '' && wanted.subTag === '')
    throw refused('PARAMS_ERROR', 'Incorrect params')
  const isMeant = ({ id, tag, subTag, clientId }: Notification) => clientId === (caller.app?.clientId ?? null)
    && (wanted.id > 0 ? id === wanted.id : wanted.tag === '' ? subTag === wanted.subTag : tag === wanted.tag)
  const kept = portal.notifications.filter(notification => !isMeant(notification))
  portal.notifications.splice(0, portal.notifications.length, ...kept)
  return true
}

function mark(call: RestCall, isMeant: (notification: Notification) => boolean): void {
  const isRead = textParam(call.params, 'ACTION').toUpperCase() !== 'N'
  own(call).filter(isMeant).forEach((notification) => { notification.isRead = isRead })
}

function read(call: RestCall): boolean {
  const id = numberParam(call.params, 'ID')
  const isAlone = textParam(call.params, 'ONLY_CURRENT').toUpperCase() === 'Y'
  mark(call, notification => isAlone ? notification.id === id : notification.id >= id)
  return true
}

function readList(call: RestCall): boolean {
  const given = param(call.params, 'IDS')
  if (given === null || typeof given !== 'object')
    throw refused('PARAMS_ERROR', 'No IDS param or it is not an array')
  const ids = new Set(listParam(call.params, 'IDS').map(Number))
  mark(call, ({ id }) => ids.has(id))
  return true
}

const chatOf = ({ caller }: RestCall): number => 1000 + caller.user.id

function shown(call: RestCall, { id, fromUserId, clientId, tag, subTag, message, isRead, at }: Notification): Record<string, unknown> {
  return {
    id,
    chat_id: chatOf(call),
    author_id: fromUserId ?? 0,
    date: toPortalTime(at),
    notify_type: 2,
    notify_module: clientId === null ? 'im' : 'rest',
    notify_event: 'rest_notify',
    notify_tag: tag,
    notify_sub_tag: subTag,
    notify_title: '',
    setting_name: 'rest|rest_notify',
    text: message,
    notify_read: isRead ? 'Y' : 'N',
    params: null,
  }
}

function authors({ portal }: RestCall, found: Notification[]): unknown[] {
  const ids = new Set(found.flatMap(({ fromUserId }) => fromUserId ?? []))
  return [...ids].flatMap(id => portal.users.get(id) ?? []).map(({ id, name, lastName, position, isActive, isExtranet, departmentIds }) => (
    { id, active: isActive, name: `${name} ${lastName}`, first_name: name, last_name: lastName, work_position: position, extranet: isExtranet, departments: departmentIds, type: 'user' }))
}

function page(call: RestCall, isWanted: (notification: Notification) => boolean): Notification[] {
  const lastId = numberParam(call.params, 'LAST_ID')
  const limit = Math.min(numberParam(call.params, 'LIMIT') || 50, 50)
  return own(call).filter(notification => isWanted(notification) && (lastId <= 0 || notification.id < lastId)).sort((a, b) => b.id - a.id).slice(0, limit)
}

function get(call: RestCall): unknown {
  if ((param(call.params, 'LAST_ID') === undefined) !== (param(call.params, 'LAST_TYPE') === undefined))
    throw refused('LAST_ID_AND_LAST_TYPE', 'Parameters LAST_ID and LAST_TYPE should be used together.')
  const all = own(call)
  const found = page(call, () => true)
  return {
    total_count: all.length,
    total_unread_count: all.filter(({ isRead }) => !isRead).length,
    chat_id: chatOf(call),
    notifications: found.map(notification => shown(call, notification)),
    users: authors(call, found),
  }
}

function search(call: RestCall): unknown {
  const text = textParam(call.params, 'SEARCH_TEXT').toLowerCase()
  if (text.length < 3)
    throw refused('SEARCH_TEXT_ERROR', 'SEARCH_TEXT can\'t be less than 3 symbols')
  const found = page(call, ({ message }) => message.toLowerCase().includes(text))
  return { chat_id: chatOf(call), total_results: found.length, notifications: found.map(notification => shown(call, notification)), users: authors(call, found) }
}

/** To a question: only whether it was put rightly matters here, nobody waits for what was said. */
function reply(call: RestCall, name: string, code: string, description: string): unknown {
  if (numberParam(call.params, 'NOTIFY_ID') <= 0)
    throw refused('ID_ERROR', 'Notification ID can\'t be empty')
  if (textParam(call.params, name) === '')
    throw refused(code, description)
  return { result_message: ['Your response has been successfully sent.'] }
}

/** To one person; it shows where the bell's notices do, in the name of whoever the app speaks for. */
function say({ portal, caller, params }: RestCall): number {
  const dialog = textParam(params, 'DIALOG_ID')
  if (!/^\d+$/.test(dialog))
    throw refused(dialog.startsWith('chat') || dialog.startsWith('sg') ? 'CHAT_ID' : 'USER_ID_EMPTY', 'Dialog is not a person')
  const message = textParam(params, 'MESSAGE').trim()
  if (message === '' && param(params, 'ATTACH') === undefined)
    throw refused('MESSAGE_EMPTY', 'Message can\'t be empty')
  if (!portal.users.has(Number(dialog)))
    throw refused('USER_NOT_FOUND', 'User not found')
  return notify(portal, { userId: Number(dialog), fromUserId: caller.user.id, clientId: caller.app?.clientId ?? null, message }).id
}

/** What the caller has said to that person, newest first. */
function said({ portal, caller, params }: RestCall): unknown {
  const userId = numberParam(params, 'DIALOG_ID')
  if (!portal.users.has(userId))
    throw refused('ACCESS_ERROR', 'You do not have access to the specified dialog')
  const limit = Math.min(numberParam(params, 'LIMIT') || 20, 50)
  const messages = portal.notifications.filter(one => one.userId === userId && one.fromUserId === caller.user.id).toSorted((a, b) => b.id - a.id).slice(0, limit)
  return {
    chat_id: userId,
    messages: messages.map(({ id, message }) => ({ id, chat_id: userId, author_id: caller.user.id, text: message, unread: false, uuid: null, replaces: [], params: {}, disappearing_date: null })),
    users: [], files: [],
  }
}

export function messageMethods({ rest }: PortalModule): void {
  const options = { scope: 'im' }
  rest.method('im.message.add', options, say)
  rest.method('im.dialog.messages.get', options, said)
  rest.method('im.notify', options, call => send(call, textParam(call.params, 'TYPE').toUpperCase() === 'SYSTEM' ? null : call.caller.user.id))
  rest.method('im.notify.personal.add', options, call => send(call, call.caller.user.id))
  rest.method('im.notify.system.add', options, call => send(call, null))
  rest.method('im.notify.delete', options, remove)
  rest.method('im.notify.read', options, read)
  rest.method('im.notify.read.list', options, readList)
  rest.method('im.notify.read.all', options, (call) => {
    mark(call, () => true)
    return { result: true, newCounter: 0 }
  })
  rest.method('im.notify.get', options, get)
  rest.method('im.notify.history.search', options, search)
  rest.method('im.notify.schema.get', options, () => ({ rest: { NAME: 'Applications', MODULE_ID: 'rest', LIST: [{ ID: 'rest|rest_notify', NAME: 'Notifications des applications' }] } }))
  rest.method('im.notify.answer', options, call => reply(call, 'ANSWER_TEXT', 'ANSWER_TEXT_ERROR', 'ANSWER_TEXT can\'t be empty'))
  rest.method('im.notify.confirm', options, call => reply(call, 'NOTIFY_VALUE', 'NOTIFY_VALUE_ERROR', 'Notification Value can\'t be empty'))
}
