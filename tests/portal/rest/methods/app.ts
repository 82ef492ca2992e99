import type { PortalModule } from '../../module.ts'
import { phpMap } from '../php.ts'
import { RestError } from '../registry.ts'

export function appMethods({ rest }: PortalModule): void {
  rest.method('app.info', { scope: null, appContext: true }, ({ portal: { settings }, caller }) => {
    const app = caller.app!
    return {
      ID: app.id,
      CODE: app.clientId,
      VERSION: app.version,
      STATUS: app.status,
      INSTALLED: app.isInstalled,
      PAYMENT_EXPIRED: 'N',
      DAYS: null,
      LANGUAGE_ID: settings.defaultLanguage,
      LICENSE: settings.license,
      LICENSE_TYPE: settings.licenseType,
      LICENSE_FAMILY: settings.licenseFamily,
    }
  })

  rest.method('app.option.get', { scope: null, appContext: true }, ({ caller, params }) =>
    readOption(caller.app!.options, params.option))

  rest.method('app.option.set', { scope: null, appContext: true, admin: true, adminError: { status: 400, code: 'AccessException', description: 'Access denied.' } }, ({ caller, params }) => {
    Object.assign(caller.app!.options, givenOptions(params.options))
    return true
  })

  rest.method('user.option.get', { scope: null, appContext: true }, ({ caller, params }) =>
    readOption(caller.app!.userOptions.get(caller.user.id) ?? {}, params.option))

  rest.method('user.option.set', { scope: null, appContext: true }, ({ caller, params }) => {
    const { userOptions } = caller.app!
    userOptions.set(caller.user.id, { ...userOptions.get(caller.user.id), ...givenOptions(params.options) })
    return true
  })
}

function readOption(options: Record<string, unknown>, name: unknown): unknown {
  return typeof name === 'string' && name !== '' ? options[name] ?? null : phpMap(options)
}

function givenOptions(options: unknown): Record<string, unknown> {
  if (options === null || typeof options !== 'object' || Object.keys(options).length === 0)
    throw new RestError(400, 'ArgumentNullException', 'Argument \'options\' is null or empty')
  return options as Record<string, unknown>
}
