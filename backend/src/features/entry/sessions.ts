import type { PortalSettings, Session, Viewer, ViewerSettings } from '@comptoir/shared/portal/portal.contract'

export interface SessionPortal {
  readonly id: number
  readonly domain: string
  readonly language: string
  readonly timeZone: string
  readonly currency: string
}

export interface Sessions {
  open(portal: SessionPortal, viewer: Viewer, language: string | null, more?: SessionMore): Promise<Session>
}

export interface SessionMore {
  /** The administrator who looks through the viewer's eyes. */
  readonly viewingBy?: Viewer
}

interface Deps {
  readonly sign: (claims: { portalId: number, viewer: Viewer, expiresAt: number, viewingBy?: { userId: number, name: string } }) => string
  readonly readSettings: (portalId: number, userId: number) => Promise<ViewerSettings>
  readonly lifetimeMs: number
  readonly now: () => Date
}

/** A session names portal and viewer; the page keeps it in memory and renews it with the host's token. */
export const createSessions = ({ sign, readSettings, lifetimeMs, now }: Deps): Sessions => ({
  async open(portal, viewer, language, { viewingBy } = {}) {
    const expiresAt = now().getTime() + lifetimeMs
    const words: PortalSettings = {
      domain: portal.domain, language: language ?? portal.language, timeZone: portal.timeZone, currency: portal.currency,
    }
    return {
      token: sign({
        portalId: portal.id, viewer, expiresAt,
        ...viewingBy && { viewingBy: { userId: viewingBy.userId, name: viewingBy.name } },
      }),
      expiresAt: new Date(expiresAt).toISOString(),
      viewer,
      portal: words,
      settings: await readSettings(portal.id, viewingBy?.userId ?? viewer.userId),
      ...viewingBy && { viewingBy: viewingBy.name },
    }
  },
})
