import type { FastifyInstance } from 'fastify'
import { homeApi } from '@comptoir/shared/home/home.contract'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { hideFirstSteps } from './first-steps.postgres.ts'
import { readHome, type HomePorts } from './home.ts'

export interface HomeDeps {
  readonly db: Database
  readonly now: () => Date
  readonly portsFor: (reader: Pick<Caller, 'portal' | 'viewer'>) => HomePorts
}

export function homeRoutes(app: FastifyInstance, { db, now, portsFor }: HomeDeps): void {
  serve(app, homeApi.read, (_request, caller) => readHome(portsFor(caller)))
  serve(app, homeApi.hideFirstSteps, async (_request, caller) => {
    await hideFirstSteps(db, caller, now())
    return readHome(portsFor(caller))
  })
}
