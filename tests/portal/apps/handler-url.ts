import type { Portal } from '../state.ts'
import { RestError } from '../rest/registry.ts'

const privateHosts = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|\[::1\]|\[f[cd])/

/** Refuses what cannot be a handler; a strict portal also refuses http and hosts that it cannot reach. */
export function checkHandlerUrl(portal: Portal, handler: string, status = 400): void {
  const url = URL.canParse(handler) ? new URL(handler) : null
  if (!url || url.hostname === '')
    throw new RestError(status, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL')
  if (url.protocol !== 'https:' && (portal.settings.isStrict || url.protocol !== 'http:'))
    throw new RestError(status, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported event handler protocol')
  if (portal.settings.isStrict && (privateHosts.test(url.hostname) || !url.hostname.includes('.')))
    throw new RestError(status, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL')
}
