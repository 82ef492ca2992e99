import type { FastifyInstance } from 'fastify'
import { comparisonApi } from '@comptoir/shared/segments/comparison.contract'
import { segmentApi } from '@comptoir/shared/segments/segment.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readChoices } from './choices.postgres.ts'
import type { ComparePort } from './compare-port.ts'
import { previewSegment } from './preview.postgres.ts'
import { createSegment, listSegments, readSegment, readVersions, removeSegment, restoreSegment, saveSegment, shareSegment, undoRemoval } from './segments.postgres.ts'

export interface SegmentDeps {
  readonly db: Database
  readonly now: () => Date
  readonly compare: (caller: Pick<Caller, 'portal' | 'viewer'>) => ComparePort
}

export function segmentRoutes(app: FastifyInstance, { db, now, compare: portFor }: SegmentDeps): void {
  serve(app, segmentApi.list, async ({ query }, caller) => ({ currency: caller.portal.currency, segments: await listSegments(db, caller, query) }))
  serve(app, segmentApi.preview, ({ body }, { portal, viewer }) => previewSegment(db, { portal, viewer, now: now() }, body))
  serve(app, segmentApi.choices, ({ query }, caller) => readChoices(db, caller, query.field, query.search))
  serve(app, comparisonApi.compare, async ({ body }, caller) => (await import('./compare.ts')).compare(portFor(caller), body))
  serve(app, segmentApi.get, ({ params }, caller) => readSegment(db, caller, params.segmentId))
  serve(app, segmentApi.create, ({ body }, caller) => createSegment(db, caller, body))
  serve(app, segmentApi.save, ({ params, body }, caller) => saveSegment(db, caller, params.segmentId, body))
  serve(app, segmentApi.remove, ({ params }, caller) => removeSegment(db, caller, params.segmentId))
  serve(app, segmentApi.undoRemove, ({ params }, caller) => undoRemoval(db, caller, params.segmentId))
  serve(app, segmentApi.versions, ({ params }, caller) => readVersions(db, caller, params.segmentId))
  serve(app, segmentApi.restore, ({ params, body }, caller) => restoreSegment(db, caller, params.segmentId, body))
  serve(app, segmentApi.share, ({ params, body }, caller) => shareSegment(db, caller, params.segmentId, body.shares))
}
