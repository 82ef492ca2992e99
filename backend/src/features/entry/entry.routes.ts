import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorCatalog } from '@comptoir/shared/error-catalog'
import { AppError } from '@comptoir/shared/errors'
import { placements, sessionApi, viewerApi, type Boot, type Placement, type Session, type Viewer, type ViewerSettings } from '@comptoir/shared/portal/portal.contract'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { contentSecurityPolicy, frameAncestor } from '../../platform/http/frame-policy.ts'
import { field, mapField } from '../../platform/http/host-form.ts'
import { openDoor, serve } from '../../platform/http/serve.ts'
import type { Shell } from '../../platform/http/shell.ts'
import type { Sessions } from './sessions.ts'

/** The first read of a placement, as data for the page and as the HTML that is painted before any script runs. */
export type FirstData = (portal: PortalRecord, viewer: Viewer, options: Record<string, unknown>, language: string) =>
Promise<{ readonly data: unknown, readonly html: string } | null>

interface Card { readonly dealId?: number, readonly companyId?: number }

export interface InstallOpening {
  readonly portal: PortalRecord | null
  readonly viewer: Viewer | null
  readonly first: unknown
}

export interface EntryDeps {
  readonly shell: Shell
  readonly sessions: Sessions
  readonly isInsecureAllowed: boolean
  readonly findPortalByMember: (memberId: string) => Promise<PortalRecord | null>
  readonly isApplicationToken: (portalId: number, token: string) => Promise<boolean | null>
  readonly verifyViewer: (portal: PortalRecord, accessToken: string) => Promise<Viewer>
  readonly openInstaller: (form: unknown) => Promise<InstallOpening>
  /** Asks the portal, with the viewer's own token, for the record whose card was opened, where our own records do not tell. */
  readonly vouchForCard: (opened: { portal: PortalRecord, viewer: Viewer, accessToken: string }, card: Card) => Promise<void>
  /** Takes the moment for what needs an administrator of the portal; the page does not wait for it. */
  readonly onAdministrator: (portal: PortalRecord, opening: { accessToken: string, form?: unknown }) => void
  readonly saveSettings: (portalId: number, userId: number, settings: ViewerSettings) => Promise<void>
  readonly first: Partial<Record<Placement, FirstData>>
}

/** Longer than any healthy portal needs to vouch for a viewer, shorter than a person waits for a blank tab. */
const vouchTimeoutMs = 2_500

export function entryRoutes(app: FastifyInstance, deps: EntryDeps): void {
  // Whoever types the address is told where Comptoir is opened from.
  app.get('/', (request, reply) => sendShell(reply, deps, { request, placement: 'main', opened: nothing(request) }))
  for (const placement of placements) {
    const url = `/p/${placement}`
    // HEAD comes with GET: the publication check asks for it.
    app.get(url, (request, reply) => sendShell(reply, deps, { request, placement, opened: nothing(request) }))
    // Every post to the installer has the authorization server asked.
    app.post(url, placement === 'install' ? { config: { rateLimit: openDoor } } : {}, async (request, reply) => {
      const opening = placement === 'install' ? openInstaller(request, deps) : openPlacement(request, placement, deps)
      const opened = await opening.catch(error => refusal(error, request, reply))
      return sendShell(reply, deps, { request, placement, opened })
    })
  }
  serve(app, sessionApi.open, async ({ body }) => {
    const portal = await deps.findPortalByMember(body.memberId)
    if (!portal)
      throw new AppError('portal.unknown')
    const viewer = await deps.verifyViewer(portal, body.accessToken)
    if (viewer.isAdmin)
      deps.onAdministrator(portal, { accessToken: body.accessToken })
    await deps.vouchForCard({ portal, viewer, accessToken: body.accessToken }, body)
    return deps.sessions.open(portal, viewer, null)
  })
  serve(app, viewerApi.saveSettings, async ({ body }, { portal, viewer }) => {
    await deps.saveSettings(portal.id, viewer.userId, body)
    return body
  })
}

interface Opened {
  readonly portal: PortalRecord | null
  readonly session: Session | null
  readonly options: Record<string, unknown>
  readonly language: string
  readonly first: unknown
  readonly html: string
}

function nothing(request: FastifyRequest): Opened {
  return { portal: null, session: null, options: {}, language: languageOf(request) ?? browserLanguage(request), first: null, html: '' }
}

/** A person is refused with a page that holds nothing and says what to do; it may still vouch for itself with the token of its frame. */
function refusal(error: unknown, request: FastifyRequest, reply: FastifyReply): Opened {
  if (!(error instanceof AppError) || !request.headers.accept?.includes('text/html'))
    throw error
  request.log.info({ code: error.code, details: error.details }, 'page refused')
  reply.code(errorCatalog[error.code].status)
  return nothing(request)
}

/** Without the application token (older portals) only the shell goes out: the page then exchanges its own token. */
async function openPlacement(request: FastifyRequest, placement: Placement, deps: EntryDeps): Promise<Opened> {
  const form = request.body
  const memberId = field(form, 'member_id')
  const portal = memberId ? await deps.findPortalByMember(memberId) : null
  const language = languageOf(request) ?? portal?.language ?? 'fr'
  const options = mapField(form, 'PLACEMENT_OPTIONS')
  const bare = { ...nothing(request), portal, language, options }
  const token = field(form, 'APPLICATION_TOKEN')
  const accessToken = field(form, 'AUTH_ID')
  if (!portal || !token || !accessToken)
    return bare
  if (await deps.isApplicationToken(portal.id, token) === false)
    throw new AppError('auth.forged')
  const viewer = await vouch(request, () => deps.verifyViewer(portal, accessToken))
  if (!viewer)
    return bare
  if (viewer.isAdmin)
    deps.onAdministrator(portal, { accessToken, form })
  // A renamed portal may have been found at its new address just now: only there the page may be framed.
  const current = field(request.query, 'DOMAIN') === portal.domain ? portal : await deps.findPortalByMember(portal.memberId) ?? portal
  const session = await deps.sessions.open(current, viewer, language)
  await vouch(request, () => deps.vouchForCard({ portal, viewer, accessToken }, cardOf(placement, Number(options.ID))))
  const first = await deps.first[placement]?.(portal, viewer, options, language).catch((error: unknown) => {
    // The page asks again by itself and then shows the failure with a way out.
    request.log.warn({ err: error, placement }, 'first data')
    return null
  })
  return { ...bare, portal: current, session, first: first?.data ?? null, html: first?.html ?? '' }
}

const cardOf = (placement: Placement, id: number): Card =>
  !Number.isSafeInteger(id) ? {} : placement === 'deal-tab' ? { dealId: id } : placement === 'company-tab' ? { companyId: id } : {}

async function vouch<T>(request: FastifyRequest, verify: () => Promise<T>): Promise<T | null> {
  try {
    return await Promise.race([
      verify(),
      new Promise<null>(resolve => setTimeout(resolve, vouchTimeoutMs, null).unref()),
    ])
  }
  catch (error) {
    request.log.info({ err: error }, 'viewer not vouched for')
    return null
  }
}

async function openInstaller(request: FastifyRequest, deps: EntryDeps): Promise<Opened> {
  const language = languageOf(request) ?? 'fr'
  try {
    const { portal, viewer, first } = await deps.openInstaller(request.body)
    const session = portal && viewer ? await deps.sessions.open(portal, viewer, language) : null
    return { ...nothing(request), portal, session, first, language }
  }
  catch (error) {
    if (error instanceof AppError && error.isRetryable) {
      request.log.warn({ err: error }, 'installer not verified yet')
      return { ...nothing(request), language }
    }
    throw error
  }
}

async function sendShell(reply: FastifyReply, deps: EntryDeps, { request, placement, opened }:
{ request: FastifyRequest, placement: Placement, opened: Opened }): Promise<string> {
  const boot: Boot = {
    placement, options: opened.options, language: opened.language, session: opened.session, first: opened.first,
  }
  const ancestor = frameAncestor({
    storedEndpoint: opened.portal?.clientEndpoint ?? null,
    claimedDomain: field(request.query, 'DOMAIN'),
    isInsecureAllowed: deps.isInsecureAllowed,
  })
  reply.header('content-security-policy', contentSecurityPolicy(ancestor))
  reply.header('cache-control', 'no-store')
  reply.type('text/html; charset=utf-8')
  return deps.shell.render(boot, opened.html)
}

function languageOf(request: FastifyRequest): string | null {
  const language = field(request.query, 'LANG')?.toLowerCase()
  return language && /^[a-z]{2}$/.test(language) ? language : null
}

/** Without the host's word, as the browser prefers to read: « fr-CA,fr;q=0.9,en;q=0.8 » is French. */
function browserLanguage(request: FastifyRequest): string {
  const preferred = /^\s*([a-z]{2})\b/i.exec(request.headers['accept-language'] ?? '')
  return preferred?.[1]?.toLowerCase() ?? 'fr'
}
