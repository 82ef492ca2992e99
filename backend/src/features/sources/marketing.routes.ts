import type { FastifyInstance } from 'fastify'
import { marketingApi } from '@comptoir/shared/sources/marketing.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { linkChannel, readMarketing } from './marketing.postgres.ts'

export interface MarketingDeps {
  readonly db: Database
  readonly now: () => Date
}

export function marketingRoutes(app: FastifyInstance, { db, now }: MarketingDeps): void {
  serve(app, marketingApi.report, ({ query }, caller) => readMarketing(db, caller, query, now()))
  serve(app, marketingApi.export, async ({ query: { format, language, ...query } }, caller) => {
    const [{ marketingDocument }, { renderDocument }] = await Promise.all([import('./marketing-document.ts'), import('../../platform/documents/render-document.ts')])
    const report = await readMarketing(db, caller, query, now())
    const { body, ...file } = await renderDocument(marketingDocument(report, { language, timeZone: caller.portal.timeZone, now: now(), viewerName: caller.viewer.name }), format)
    return { ...file, base64: body.toString('base64') }
  })
  serve(app, marketingApi.link, async ({ body }, caller) => {
    await linkChannel(db, caller, body, now())
    return {}
  })
}
