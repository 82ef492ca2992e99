import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { field } from '../../platform/http/host-form.ts'
import { openDoor } from '../../platform/http/serve.ts'
import { proveAdminEvent, type InstallerDeps } from './open-installer.ts'

export interface EventDeps extends InstallerDeps {
  /** Null when the portal never gave a token to compare with. */
  readonly isApplicationToken: (portalId: number, token: string) => Promise<boolean | null>
  readonly noteChange: (portalId: number, event: string, entityId: number, entityTypeId: number) => Promise<void>
  /** Registers everything again in the background: a new version starts with nothing. */
  readonly registerAgain: (portalId: number) => Promise<void>
  readonly uninstall: (portalId: number) => Promise<void>
  readonly now: () => Date
}

const eventOf = (form: unknown): string => field(form, 'event')?.toUpperCase() ?? ''

/** These have the authorization server asked, whoever sends them. The others are compared with what is stored, and come in crowds. */
const lifeEventDoor = {
  ...openDoor,
  hook: 'preHandler' as const,
  allowList: ({ body }: { body?: unknown }) => !['ONAPPUPDATE', 'ONAPPINSTALL'].includes(eventOf(body)),
}

/** Life of the app and changes of the CRM. The sender is verified before anything is read or written. */
export function eventRoutes(app: FastifyInstance, deps: EventDeps): void {
  app.get('/bx/event', async () => ({ ok: true }))

  app.post('/bx/event', { config: { rateLimit: lifeEventDoor } }, async (request) => {
    const event = eventOf(request.body)
    const memberId = field(request.body, 'auth', 'member_id')
    const token = field(request.body, 'auth', 'application_token')
    if (!memberId || !token)
      throw new AppError('auth.required')
    const portal = await deps.portals.findByMember(memberId)
    if (event === 'ONAPPUPDATE')
      return onUpdate(request.body, token, deps)
    const verdict = portal ? await deps.isApplicationToken(portal.id, token) : null
    if (event === 'ONAPPINSTALL')
      return onInstall({ portal, verdict, form: request.body, token }, deps)
    if (!portal || verdict !== true)
      throw new AppError('auth.forged')
    if (event === 'ONAPPUNINSTALL') {
      await deps.uninstall(portal.id)
    }
    else if (portal.status !== 'gone') {
      const entityId = Number(field(request.body, 'data', 'FIELDS', 'ID'))
      if (Number.isSafeInteger(entityId) && entityId > 0)
        await deps.noteChange(portal.id, event, entityId, Number(field(request.body, 'data', 'FIELDS', 'ENTITY_TYPE_ID')) || 0)
    }
    return { ok: true }
  })
}

/** The new version's token can't be compared with the old one: the authorization server vouches instead. */
async function onUpdate(form: unknown, token: string, deps: EventDeps): Promise<{ ok: true }> {
  const portal = await proveAdminEvent(deps, eventClaim(form, deps.now()), token)
  await deps.registerAgain(portal.id)
  return { ok: true }
}

async function onInstall({ portal, verdict, form, token }:
{ portal: PortalRecord | null, verdict: boolean | null, form: unknown, token: string }, deps: EventDeps): Promise<{ ok: true }> {
  if (verdict === false)
    throw new AppError('auth.forged')
  // Older portals name their token here for the first time; what the installer registered a moment ago still stands.
  const known = verdict === true && portal ? portal : await proveAdminEvent(deps, eventClaim(form, deps.now()), token, { keepsSteps: true })
  await deps.portals.markInstalled(known.id)
  return { ok: true }
}

function eventClaim(form: unknown, now: Date) {
  const accessToken = field(form, 'auth', 'access_token')
  if (!accessToken)
    throw new AppError('auth.forged', { details: { reason: 'no_token' } })
  const lifetimeSeconds = Number(field(form, 'auth', 'expires_in') ?? 3600)
  return {
    accessToken,
    refreshToken: field(form, 'auth', 'refresh_token'),
    memberId: field(form, 'auth', 'member_id'),
    expiresAt: new Date(now.getTime() + (Number.isFinite(lifetimeSeconds) ? lifetimeSeconds : 3600) * 1000),
  }
}
