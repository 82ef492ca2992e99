import type { PortalSettings, Session, Viewer } from '@comptoir/shared/portal/portal.contract'

export interface SessionPortal {
  readonly id: number
  readonly domain: string
  readonly language: string
  readonly timeZone: string
  readonly currency: string
}

export interface Sessions {
  open(portal: SessionPortal, viewer: Viewer, language: string | null): Session
}

interface Deps {
  readonly sign: (claims: { portalId: number, viewer: Viewer, expiresAt: number }) => string
  readonly lifetimeMs: number
  readonly now: () => Date
}

/** A session names portal and viewer; the page keeps it in memory and renews it with the host's token. */
export const createSessions = ({ sign, lifetimeMs, now }: Deps): Sessions => ({
  open(portal, viewer, language) {
    const expiresAt = now().getTime() + lifetimeMs
    const settings: PortalSettings = {
      domain: portal.domain, language: language ?? portal.language, timeZone: portal.timeZone, currency: portal.currency,
    }
    return {
      token: sign({ portalId: portal.id, viewer, expiresAt }),
      expiresAt: new Date(expiresAt).toISOString(),
      viewer,
      portal: settings,
    }
  },
})
