import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { InstallState, InstallStep } from '@comptoir/shared/installation/installation.contract'
import { installSteps } from '@comptoir/shared/installation/installation.contract'
import { frameRequest } from '../portal/apps/frame-request.ts'
import { finishInstall } from '../portal/apps/lifecycle.ts'
import type { App, Portal, User } from '../portal/state.ts'

/**
 * Installs an app the way an administrator does, without a browser: the portal posts its installer page,
 * the page's session runs the steps, then the portal hears `installFinish`.
 */
export async function installApp(portal: Portal, app: App, appUrl: string): Promise<Session> {
  const admin = [...portal.users.values()].find(user => user.isAdmin)
  if (!admin)
    throw new Error('The portal has no administrator.')
  const session = await openSession(portal, app, admin)
  for (const step of installSteps) {
    if (step === 'vendors')
      await chooseVendors(appUrl, session)
    await call(appUrl, session, 'POST', `/api/install/steps/${step satisfies InstallStep}`)
  }
  // The portal shows every deal to everybody, and its administrator says so.
  await call(appUrl, session, 'PUT', '/api/insights/settings', { analyticsScope: 'all' })
  finishInstall(portal, app)
  return session
}

/** A page that has to wait too long for the portal opens without a session; a person then opens it again. */
const mostOpenings = 5

/** A person opens the app's page in the portal. */
export async function openSession(portal: Portal, app: App, user: User): Promise<Session> {
  let status = 0
  for (let opening = 0; opening < mostOpenings; opening++) {
    const { url, body } = frameRequest(portal, app, user, 'DEFAULT', {})
    const page = await fetch(url, { method: 'POST', body: new URLSearchParams(body) })
    status = page.status
    const session = sessionIn(await page.text())
    if (session)
      return session
  }
  throw new Error(`The page answered ${status} and opened no session for user ${user.id}.`)
}

function sessionIn(html: string): Session | null {
  const text = /<script type="application\/json" id="comptoir-boot">(.*?)<\/script>/s.exec(html)?.[1]
  return text ? (JSON.parse(text) as { session: Session | null }).session : null
}

async function chooseVendors(appUrl: string, session: Session): Promise<void> {
  const state = await call(appUrl, session, 'GET', '/api/install') as InstallState
  const choice = state.vendorChoices.find(one => one.isSuggested) ?? state.vendorChoices[0]
  if (!choice)
    throw new Error('The portal knows no company type that could mean vendor.')
  await call(appUrl, session, 'PUT', '/api/install/vendor-rule', choice.rule)
}

/** One call of Comptoir's own API with a session. */
export async function call(appUrl: string, session: Session, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${appUrl}${path}`, {
    method,
    headers: { 'authorization': `Bearer ${session.token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const result: unknown = await answer.json()
  if (!answer.ok)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(result)}`)
  return result
}
