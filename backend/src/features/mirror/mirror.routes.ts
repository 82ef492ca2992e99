import type { FastifyInstance } from 'fastify'
import { mirrorApi } from '@comptoir/shared/mirror/mirror.contract'
import { smartProcessApi } from '@comptoir/shared/mirror/smart-process.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Mirror } from './mirror.ts'

export type MirrorDeps = Pick<Mirror, 'state' | 'runNow' | 'pause' | 'unpause' | 'rebuild' | 'smartProcesses' | 'chooseSmartProcesses'>

export function mirrorRoutes(app: FastifyInstance, mirror: MirrorDeps): void {
  serve(app, mirrorApi.state, (_request, { portal }) => mirror.state(portal))
  serve(app, mirrorApi.run, async (_request, { portal }) => {
    await mirror.runNow(portal.id)
    return mirror.state(portal)
  })
  serve(app, mirrorApi.pause, async (_request, { portal }) => {
    await mirror.pause(portal.id)
    return mirror.state(portal)
  })
  serve(app, mirrorApi.resume, async (_request, { portal }) => {
    await mirror.unpause(portal.id)
    return mirror.state(portal)
  })
  serve(app, mirrorApi.rebuild, async (_request, { portal }) => {
    await mirror.rebuild(portal.id)
    return mirror.state(portal)
  })
  serve(app, smartProcessApi.list, (_request, { portal }) => mirror.smartProcesses(portal.id))
  serve(app, smartProcessApi.choose, ({ body }, { portal, viewer }) => mirror.chooseSmartProcesses(portal.id, body.entityTypeIds, viewer.userId))
}
