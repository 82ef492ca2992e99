import { missingScope } from './registrations.ts'

/** An administrator of the portal has opened the app: his token, and what the portal posted with it. */
export interface AdminOpening {
  readonly accessToken: string
  /** Absent when a page vouched for itself: then there is no refresh token. */
  readonly form?: unknown
}

export interface KeepUpPortal {
  readonly id: number
  readonly status: string
  readonly scope: readonly string[]
}

export interface KeepUpDeps {
  readonly hasLogin: (portalId: number) => Promise<boolean>
  /** What the portal says it has granted, by its post. */
  readonly scopeIn: (form: unknown) => readonly string[]
  /** Proves the administrator's login at the authorization server and takes it for the app's own. */
  readonly adoptLogin: (form: unknown) => Promise<unknown>
  readonly catchUp: (portalId: number, accessToken: string) => Promise<void>
  readonly now: () => Date
}

/** Often enough for what can wait for months. */
const pauseMs = 3_600_000

/**
 * What needs an administrator is made good when one has the app open: a login that was lost or may do too little,
 * and registrations that the app's own login could not bring up to date.
 */
export function keepUp({ hasLogin, scopeIn, adoptLogin, catchUp, now }: KeepUpDeps): (portal: KeepUpPortal, opening: AdminOpening) => Promise<void> {
  const lastTries = new Map<number, number>()
  return async (portal, { accessToken, form }) => {
    const at = now().getTime()
    if (portal.status !== 'installed' || at - (lastTries.get(portal.id) ?? -Infinity) < pauseMs)
      return
    lastTries.set(portal.id, at)
    const isWider = missingScope(scopeIn(form)).length < missingScope(portal.scope).length
    if (form !== undefined && (isWider || !await hasLogin(portal.id)))
      await adoptLogin(form)
    await catchUp(portal.id, accessToken)
  }
}
