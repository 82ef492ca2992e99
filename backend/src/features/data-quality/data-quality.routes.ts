import type { FastifyInstance } from 'fastify'
import { dataQualityApi } from '@comptoir/shared/data-quality/data-quality.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readFlawed } from './read-quality.postgres.ts'
import { readQuality } from './quality-report.postgres.ts'

export interface DataQualityDeps {
  readonly db: Database
  readonly now: () => Date
}

export function dataQualityRoutes(app: FastifyInstance, { db, now }: DataQualityDeps): void {
  serve(app, dataQualityApi.report, (_request, reader) => readQuality(db, { reader, now: now() }))
  serve(app, dataQualityApi.records, ({ params, query }, reader) => readFlawed(db, { reader, now: now() }, params.checkId, query.page ?? 1))
}
