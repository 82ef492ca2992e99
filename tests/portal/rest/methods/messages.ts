import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import { notify } from '../../work/notifications.ts'
import { numberParam, param, textParam } from '../params.ts'
import { RestError } from '../registry.ts'

const attachLimit = 30_000

function send({ portal, caller, params }: RestCall, fromUserId: number | null): number {
  const userId = numberParam(params, 'USER_ID') || numberParam(params, 'to')
  if (userId <= 0)
    throw new RestError(400, 'USER_ID_EMPTY', 'User ID can\'t be empty')
  const message = textParam(params, 'MESSAGE').trim()
  if (message === '')
    throw new RestError(400, 'MESSAGE_EMPTY', 'Message can\'t be empty')
  const attach = param(params, 'ATTACH') ?? null
  if (attach !== null && typeof attach === 'string' && attach !== '')
    throw new RestError(400, 'ATTACH_ERROR', 'Incorrect attach params')
  if (attach !== null && JSON.stringify(attach).length > attachLimit)
    throw new RestError(400, 'ATTACH_OVERSIZE', 'You have exceeded the maximum allowable size of attach')
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

export function messageMethods({ rest }: PortalModule): void {
  rest.method('im.notify.personal.add', { scope: 'im' }, call => send(call, call.caller.user.id))
  rest.method('im.notify.system.add', { scope: 'im' }, call => send(call, null))
}
