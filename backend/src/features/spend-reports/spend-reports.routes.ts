import type { FastifyInstance } from 'fastify'
import { spendReportApi } from '@comptoir/shared/spend-reports/spend-report.contract'
import { renderDocument } from '../../platform/documents/render-document.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readPriceReport } from './prices.postgres.ts'
import { readPunctuality } from './punctuality.postgres.ts'
import { spendDocument } from './spend-document.ts'
import { readSpendLines } from './spend-lines.postgres.ts'
import { readSpendReport } from './spend-summary.postgres.ts'

export interface SpendReportDeps {
  readonly db: Database
  readonly now: () => Date
}

export function spendReportRoutes(app: FastifyInstance, { db, now }: SpendReportDeps): void {
  serve(app, spendReportApi.summary, ({ query }, caller) => readSpendReport(db, caller, query, now()))
  serve(app, spendReportApi.lines, ({ query }, caller) => readSpendLines(db, caller, query, now()))
  serve(app, spendReportApi.prices, ({ query }, caller) => readPriceReport(db, caller, query, now()))
  serve(app, spendReportApi.punctuality, ({ query }, caller) => readPunctuality(db, caller, query, now()))
  serve(app, spendReportApi.export, async ({ query: { format, language, ...query } }, caller) => {
    const report = await readSpendReport(db, caller, query, now())
    const document = spendDocument(report, { language, timeZone: caller.portal.timeZone, now: now(), viewerName: caller.viewer.name })
    const { body, ...file } = await renderDocument(document, format)
    return { ...file, base64: body.toString('base64') }
  })
}
