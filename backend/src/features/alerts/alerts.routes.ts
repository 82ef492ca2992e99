import type { FastifyInstance } from 'fastify'
import { watchApi } from '@comptoir/shared/alerts/watch.contract'
import { serve } from '../../platform/http/serve.ts'
import { readHandOvers } from '../../platform/portals/owners.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { handOverWatches, listAllWatches, pauseWatch } from './all-watches.postgres.ts'
import type { WatchedMonthsPort } from './months-port.ts'
import { tryWatch } from './try-watch.ts'
import { changeWatch, countFalseAlarms, createWatch, judgeCheck, listWatches, removeWatch, requireFit } from './watches.postgres.ts'

export interface AlertDeps extends WatchedMonthsPort {
  readonly db: Database
  readonly now: () => Date
}

export function alertRoutes(app: FastifyInstance, deps: AlertDeps): void {
  const { db, now } = deps

  serve(app, watchApi.list, (_request, caller) => listWatches(db, caller))
  serve(app, watchApi.try, ({ body }, caller) => {
    requireFit(body)
    return tryWatch({ ...deps, falseAlarmsOf: (reader, watchId) => countFalseAlarms(db, reader, watchId) }, caller, body)
  })
  serve(app, watchApi.create, async ({ body }, caller) => {
    await createWatch(db, caller, body)
    return listWatches(db, caller)
  })
  serve(app, watchApi.change, async ({ params, body }, caller) => {
    await changeWatch(db, caller, params.watchId, body, now())
    return listWatches(db, caller)
  })
  serve(app, watchApi.remove, async ({ params }, caller) => {
    await removeWatch(db, caller, params.watchId, now())
    return listWatches(db, caller)
  })
  serve(app, watchApi.judge, async ({ params, body }, caller) => {
    await judgeCheck(db, caller, params.watchId, body, now())
    return listWatches(db, caller)
  })
  serve(app, watchApi.all, (_request, caller) => listAllWatches(db, caller))
  serve(app, watchApi.pause, async ({ params, body }, caller) => {
    await pauseWatch(db, caller, { watchId: params.watchId, isPaused: body.isPaused, now: now() })
    return listAllWatches(db, caller)
  })
  serve(app, watchApi.handOvers, (_request, { portal }) => readHandOvers(db, portal.id, 'watch'))
  serve(app, watchApi.handOverAll, async ({ body }, caller) => {
    await handOverWatches(db, caller, body, now())
    return listAllWatches(db, caller)
  })
}
