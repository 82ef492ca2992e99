import type { PortalModule } from '../../module.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { textParam } from '../params.ts'

const allScopes = ['crm', 'bizproc', 'placement', 'catalog', 'sale', 'task', 'im', 'user', 'user_brief', 'user_basic', 'department', 'disk', 'entity', 'biconnector', 'userfieldconfig', 'documentgenerator', 'pull', 'log', 'lists', 'telephony']

export function portalMethods({ rest }: PortalModule): void {
  rest.method('scope', { scope: null }, ({ caller, params }) => textParam(params, 'full') === '' ? [...caller.scopes] : allScopes)

  rest.method('method.get', { scope: null }, ({ caller, params }) => {
    const method = rest.find(textParam(params, 'name'))
    return {
      isExisting: method !== undefined,
      isAvailable: method !== undefined && (method.scope === null || method.scope.split('|').some(scope => caller.scopes.has(scope))),
    }
  })

  rest.method('methods', { scope: null }, () => rest.names())
  rest.method('feature.get', { scope: null }, ({ portal, params }) => ({ value: portal.settings.features[textParam(params, 'CODE')] ? 'Y' : 'N' }))
  rest.method('server.time', { scope: null }, ({ portal }) => toPortalTime(portal.clock.now()))
}
