import { AppError } from '@comptoir/shared/errors'
import { installationApi } from '@comptoir/shared/installation/installation.contract'
import { sessionApi, type Session, type Viewer } from '@comptoir/shared/portal/portal.contract'
import { shallowRef } from 'vue'
import { call, provideTokens } from './api.ts'
import { isSession, readBoot } from './boot.ts'
import type { Frame } from './frame/frame.ts'

/** A session this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000

let session: Session | null = null
/** One's own session while one looks through another's eyes. */
let own: Session | null = null
/** Whose eyes one looks through; null for one's own. */
export const seenAs = shallowRef<string | null>(null)
let renewal: Promise<string> | null = null

/** In memory only: storage of a third-party frame may be blocked, and a token has no business there. */
export async function openSession(
  given: Session | null,
  frame: Frame | null,
  { isInstaller = false, now = Date.now }: { isInstaller?: boolean, now?: () => number } = {},
): Promise<Session> {
  session = given
  provideTokens({
    token: () => session && Date.parse(session.expiresAt) - now() > RENEW_BEFORE_MS ? Promise.resolve(session.token) : renew(frame),
    renew: () => renew(frame),
  })
  if (!session) {
    const { accessToken, refreshToken, memberId } = await hostOf(frame).init()
    // The installer meets a portal that Comptoir does not know yet: its token is proven another way.
    keep(isInstaller
      ? await call(installationApi.openSession, { body: { accessToken, refreshToken, memberId } })
      : await call(sessionApi.open, { body: { accessToken, memberId, ...cardOpened() } }).catch((error: unknown) => afterRefresh(error, frame)))
  }
  return current()
}

/** In a card of the CRM the portal is asked again whether the viewer may see its record. */
function cardOpened(): { dealId?: number, companyId?: number } {
  const boot = readBoot(document)
  const id = Number(boot?.options.ID)
  if (!Number.isSafeInteger(id) || id < 1)
    return {}
  return boot?.placement === 'deal-tab' ? { dealId: id } : boot?.placement === 'company-tab' ? { companyId: id } : {}
}

export const viewer = (): Viewer => current().viewer

/** Looks through another person's eyes; `null` goes back to one's own. */
export function viewThrough(given: Session | null): void {
  own ??= session
  session = given ?? own
  if (given === null)
    own = null
  seenAs.value = given?.viewer.name ?? null
}

export function closeSession(): void {
  session = null
  own = null
  seenAs.value = null
  renewal = null
}

function current(): Session {
  if (!session)
    throw new AppError('auth.required')
  return session
}

function hostOf(frame: Frame | null): Frame {
  if (!frame)
    throw new AppError('frame.outside')
  return frame
}

/** Parallel calls share one renewal. */
function renew(frame: Frame | null): Promise<string> {
  renewal ??= renewNow(hostOf(frame)).finally(() => {
    renewal = null
  })
  return renewal
}

async function renewNow(frame: Frame): Promise<string> {
  const { memberId } = await frame.init()
  const { accessToken } = await frame.refreshAuth()
  return keep(await call(sessionApi.open, { body: { accessToken, memberId, ...cardOpened() } }))
}

/** A page that was reloaded much later still holds the token it was opened with. */
async function afterRefresh(error: unknown, frame: Frame | null): Promise<Session> {
  if (!(error instanceof AppError) || error.code !== 'auth.forged')
    throw error
  const { memberId } = await hostOf(frame).init()
  const { accessToken } = await hostOf(frame).refreshAuth()
  return call(sessionApi.open, { body: { accessToken, memberId, ...cardOpened() } })
}

function keep(opened: Session): string {
  if (!isSession(opened))
    throw new AppError('internal')
  session = opened
  // Only one's own session is ever renewed.
  own = null
  seenAs.value = null
  return opened.token
}
