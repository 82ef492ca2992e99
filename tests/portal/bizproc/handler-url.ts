import type { App, Portal } from '../state.ts'
import { RestError } from '../rest/registry.ts'

const privateHost = /^(localhost|.*\.local|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/i

const wrongUrl = (reason = 'Wrong handler URL') => new RestError(400, 'ERROR_WRONG_HANDLER_URL', reason)

/** A handler lives where its app lives; the public cloud also wants https and a public host. */
export function checkHandlerUrl(portal: Portal, app: App, url: unknown): string {
  if (typeof url !== 'string' || !URL.canParse(url))
    throw wrongUrl()
  const { protocol, hostname } = new URL(url)
  const allowed = portal.settings.isStrict ? ['https:'] : ['https:', 'http:']
  if (!allowed.includes(protocol))
    throw new RestError(400, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol')
  if (portal.settings.isStrict && privateHost.test(hostname))
    throw wrongUrl()
  if (hostname !== new URL(app.handlerUrl).hostname)
    throw wrongUrl('Handler URL host doesn\'t match application url')
  return url
}
