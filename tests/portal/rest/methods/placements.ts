import type { PortalModule } from '../../module.ts'
import type { RestCall } from '../registry.ts'
import type { LangTexts, Placement } from '../../state.ts'
import { checkHandlerUrl } from '../../apps/handler-url.ts'
import { personalCodes, placementCodes, singleCodes } from '../../apps/placement-codes.ts'
import { mapParam, numberParam, textParam } from '../params.ts'
import { phpMap } from '../php.ts'
import { RestError } from '../registry.ts'

function requiredText(call: RestCall, name: string): string {
  const value = textParam(call.params, name)
  if (value === '')
    throw new RestError(200, 'ERROR_ARGUMENT', `Argument '${name}' is null or empty`, { argument: name })
  return value
}

function texts(input: Record<string, unknown>): LangTexts {
  return Object.fromEntries(Object.entries(input).map(([language, value]) => {
    const { TITLE = '', DESCRIPTION = '', GROUP_NAME = '' } = value as Record<string, string>
    return [language, { TITLE, DESCRIPTION, GROUP_NAME }]
  }))
}

function checkCode({ portal, caller, params }: RestCall, code: string): void {
  if (!placementCodes(portal, caller.app!.scopes).includes(code))
    throw new RestError(400, 'ERROR_PLACEMENT_NOT_FOUND', 'Placement not found')
  if (singleCodes.has(code) && portal.placements.some(known => known.clientId === caller.app!.clientId && known.code === code))
    throw new RestError(200, 'ERROR_PLACEMENT_MAX_COUNT', 'Placement max count was exceeded')
  if (numberParam(params, 'USER_ID') > 0 && !personalCodes.has(code))
    throw new RestError(200, 'ERROR_PLACEMENT_USER_MODE', 'User mode is not available')
  if (code === 'PAGE_BACKGROUND_WORKER' && !mapParam(params, 'OPTIONS').errorHandlerUrl)
    throw new RestError(200, 'EMPTY_ERROR_HANDLER_URL', 'Error handler URL is empty')
}

function bind(call: RestCall): boolean {
  const { portal, caller, params } = call
  const code = requiredText(call, 'PLACEMENT').toUpperCase()
  const handler = requiredText(call, 'HANDLER')
  checkCode(call, code)
  checkHandlerUrl(portal, handler)
  const userId = numberParam(params, 'USER_ID')
  if (portal.placements.some(known => known.clientId === caller.app!.clientId && known.code === code && known.handler === handler && known.userId === userId))
    throw new RestError(400, 'ERROR_CORE', 'Unable to set placement handler: Handler already binded')
  portal.placements.push({
    id: portal.nextId('placement'),
    clientId: caller.app!.clientId,
    code,
    handler,
    title: textParam(params, 'TITLE'),
    description: textParam(params, 'DESCRIPTION'),
    groupName: textParam(params, 'GROUP_NAME'),
    langAll: texts(mapParam(params, 'LANG_ALL')),
    options: code.startsWith('CRM_') && !code.endsWith('DETAIL_ACTIVITY') ? {} : mapParam(params, 'OPTIONS'),
    userId,
  })
  return true
}

function unbind(call: RestCall): { count: number } {
  const { portal, caller, params } = call
  const code = requiredText(call, 'PLACEMENT').toUpperCase()
  const handler = textParam(params, 'HANDLER')
  const userId = textParam(params, 'USER_ID')
  const goes = (known: Placement) => known.clientId === caller.app!.clientId && known.code === code
    && (handler === '' || known.handler === handler) && (userId === '' || known.userId === Number(userId))
  const before = portal.placements.length
  portal.placements = portal.placements.filter(known => !goes(known))
  return { count: before - portal.placements.length }
}

export function placementMethods({ rest }: PortalModule): void {
  const options = { scope: 'placement', admin: true, appContext: true }
  rest.method('placement.bind', options, bind)
  rest.method('placement.unbind', options, unbind)
  rest.method('placement.get', options, ({ portal, caller }) => portal.placements
    .filter(({ clientId }) => clientId === caller.app!.clientId)
    .map(({ id, code, userId, handler, options: stored, title, description, langAll }) => ({
      id, placement: code, userId, handler, options: phpMap(stored), title, description, langAll: phpMap(langAll),
    })))
  rest.method('placement.list', { scope: 'placement', appContext: true }, ({ portal, caller, params }) => {
    const scope = textParam(params, 'SCOPE')
    const codes = placementCodes(portal, caller.app!.scopes)
    return scope === '' ? codes : codes.filter(code => (scope === 'crm') === code.startsWith('CRM_'))
  })
}
