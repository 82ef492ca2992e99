import type { App, Portal } from '../state.ts'
import type { FrameSession } from './frames.ts'
import { finishInstall } from '../apps/lifecycle.ts'
import { initData, phpMap, refreshedAuth } from './frames.ts'
import { appPath } from './widgets.ts'

/** What becomes of a message: answered here, carried out by the page around the frame, or met with silence. */
export type Verdict =
  | { kind: 'reply', value: unknown, lateMs: number, noise: Noise[] }
  | { kind: 'perform', lateMs: number }
  | { kind: 'installed', openPath: string }
  | { kind: 'silent' }

export type Noise = 'foreignOrigin' | 'object'

type Params = Readonly<Record<string, unknown>>
type Answer = { value: unknown } | null

/** Longer than the 900 ms after which the SDK stops waiting. */
const lateReplyMs = 1500

const dialogs = new Set(['selectUser', 'selectAccess', 'selectCRM', 'selectUsers'])

const performed = new Set([
  ...dialogs, 'resizeWindow', 'setTitle', 'setScroll', 'reloadWindow', 'openApplication', 'closeApplication', 'openPath',
  'getInterface', 'placementBindEvent', 'crmShowFoundEntities', 'crmShowCreatedEntity', 'reloadData', 'setPropertyValue', 'setValue', 'getValue',
  'imCallTo', 'imPhoneTo', 'imOpenMessenger', 'imOpenHistory',
])

export function judge(portal: Portal, session: FrameSession, command: string, params: Params): Verdict {
  const app = portal.apps.get(session.clientId)
  const faults = portal.faults.frame
  const lateMs = faults.lateReplies ? lateReplyMs : 0
  if (!app || session.isBare || isSpoiled(portal, session, command))
    return { kind: 'silent' }
  if (command === 'setInstallFinish')
    return finish(portal, app, session, lateMs)
  const answer = answerHere(portal, app, session, command, params)
  if (answer) {
    const noise: Noise[] = command === 'getInitData'
      ? [...(faults.foreignOriginMessage ? ['foreignOrigin' as const] : []), ...(faults.objectMessage ? ['object' as const] : [])]
      : []
    return { kind: 'reply', value: answer.value, lateMs, noise }
  }
  return performed.has(command) ? { kind: 'perform', lateMs } : { kind: 'silent' }
}

function isSpoiled(portal: Portal, session: FrameSession, command: string): boolean {
  const faults = portal.faults.frame
  return (command === 'getInitData' && faults.getInitDataSilent)
    || (command === 'refreshAuth' && faults.refreshAuthSilent)
    || (command === 'resizeWindow' && faults.resizeWindowDenied)
    || (dialogs.has(command) && faults.dialogsCancelled)
    || (command === 'setTitle' && (faults.setTitleDenied || session.placement !== 'DEFAULT'))
}

function answerHere(portal: Portal, app: App, session: FrameSession, command: string, params: Params): Answer {
  const { user } = session.viewer
  switch (command) {
    case 'getInitData':
      return { value: initData(portal, app, session) }
    case 'setInstall':
      return { value: params }
    case 'refreshAuth':
      return { value: refreshedAuth(portal, app, session) }
    case 'setAppOption':
      return user.isAdmin && setOption(app.options, params) ? { value: phpMap(app.options) } : null
    case 'setUserOption': {
      const options = app.userOptions.get(user.id) ?? {}
      app.userOptions.set(user.id, options)
      return setOption(options, params) ? { value: phpMap(options) } : null
    }
    default:
      return null
  }
}

function setOption(options: Record<string, unknown>, { name, value }: Params): boolean {
  if (typeof name !== 'string' || name === '' || name === '__proto__')
    return false
  options[name] = value
  return true
}

/** Real portals never answer it: they close the installer and open the app. */
function finish(portal: Portal, app: App, session: FrameSession, lateMs: number): Verdict {
  if (!session.isInstaller)
    return { kind: 'silent' }
  if (!session.viewer.user.isAdmin)
    return { kind: 'reply', value: { result: false }, lateMs, noise: [] }
  finishInstall(portal, app)
  session.isInstaller = false
  return { kind: 'installed', openPath: appPath(app) }
}

const secretKeys = new Set(['AUTH_ID', 'REFRESH_ID'])

/** For the console: tokens are not shown. */
export function masked(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, secretKeys.has(key) ? '…' : inner]))
}
