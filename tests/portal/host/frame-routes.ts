import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PortalModule } from '../module.ts'
import type { Portal } from '../state.ts'
import type { FrameSessions, FrameTarget } from './frames.ts'
import type { SettingsRequest } from './settings-frame.ts'
import { judge, masked } from './frame-commands.ts'
import { openFrame } from './frames.ts'
import { settingsTarget } from './settings-frame.ts'
import { viewerOf } from './viewer.ts'
import { widgetsAt } from './widgets.ts'

interface OpenBody {
  clientId?: string
  placementId?: number
  /** A step of a template whose app brings its own settings page. */
  settings?: SettingsRequest
  options?: Record<string, unknown>
  uri?: string
}

interface MessageBody {
  command: string
  params?: unknown
}

/** The half of the frame protocol that happens on the server: opening, deciding, answering. */
export function registerFrames(app: FastifyInstance, { portal }: PortalModule): void {
  const sessions: FrameSessions = new Map()

  app.post<{ Body: OpenBody }>('/host/frames', async (request, reply) => {
    const viewer = viewerOf(portal, request.headers)
    const target = targetOf(portal, request)
    const opened = target && openFrame(portal, sessions, viewer, target)
    return opened ?? reply.code(404).send({ error: 'gone' })
  })

  app.post<{ Params: { sid: string }, Body: MessageBody }>('/host/frames/:sid/messages', async ({ params, body }, reply) => {
    const session = sessions.get(params.sid)
    if (!session)
      return reply.code(404).send({ kind: 'silent' })
    const { command } = body
    const { clientId, placement, sid } = session
    portal.journal.write('frame', { direction: 'in', sid, clientId, placement, command, params: body.params ?? null })
    const verdict = judge(portal, session, command, asMap(body.params))
    if (verdict.kind !== 'perform')
      portal.journal.write('frame', { direction: 'out', sid, clientId, placement, command, verdict: verdict.kind, value: 'value' in verdict ? masked(verdict.value) : null })
    return verdict
  })

  app.post<{ Params: { sid: string }, Body: { command: string, value: unknown } }>('/host/frames/:sid/replies', async ({ params, body }, reply) => {
    const session = sessions.get(params.sid)
    if (session)
      portal.journal.write('frame', { direction: 'out', sid: session.sid, clientId: session.clientId, placement: session.placement, command: body.command, verdict: 'reply', value: masked(body.value) })
    return reply.code(204).send()
  })

  app.post<{ Params: { sid: string } }>('/host/frames/:sid/close', async ({ params }, reply) => {
    sessions.delete(params.sid)
    return reply.code(204).send()
  })
}

function targetOf(portal: Portal, request: FastifyRequest<{ Body: OpenBody }>): FrameTarget | null {
  const { body, headers } = request
  const uri = body.uri?.startsWith('/') ? body.uri : '/'
  const options = body.options ?? {}
  const viewer = viewerOf(portal, headers)
  if (body.settings)
    return settingsTarget(portal, viewer, body.settings, uri)
  if (body.placementId !== undefined) {
    const code = portal.placements.find(({ id }) => id === body.placementId)?.code ?? ''
    const widget = widgetsAt(portal, viewer, code).find(({ placement }) => placement.id === body.placementId)
    return widget ? { clientId: widget.app.clientId, placement: code, handler: widget.placement.handler, options, uri } : null
  }
  return body.clientId ? { clientId: body.clientId, placement: 'DEFAULT', options, uri } : null
}

function asMap(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : {}
}
