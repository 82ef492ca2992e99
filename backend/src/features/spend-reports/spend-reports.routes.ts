import type { FastifyInstance } from 'fastify'
import type { DocumentFormat, ReportDocument } from '@comptoir/shared/documents/report-document'
import { addDays } from '@comptoir/shared/insights/calendar'
import { spendReportApi, type SpendPeriodQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import { renderDocument } from '../../platform/documents/render-document.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { daysOf } from './chosen-purchases.postgres.ts'
import { priceDocument } from './price-document.ts'
import { readPriceReport } from './prices.postgres.ts'
import { punctualityDocument } from './punctuality-document.ts'
import { readDueLines, readPunctuality } from './punctuality.postgres.ts'
import type { ReportLanguage } from './report-words.ts'
import { periodText, spendDocument, type DocumentContext } from './spend-document.ts'
import { readSpendLines } from './spend-lines.postgres.ts'
import { readSpendReport } from './spend-summary.postgres.ts'

const fileOf = async (document: ReportDocument, format: DocumentFormat) => {
  const { body, ...file } = await renderDocument(document, format)
  return { ...file, base64: body.toString('base64') }
}

export interface SpendReportDeps {
  readonly db: Database
  readonly now: () => Date
}

export function spendReportRoutes(app: FastifyInstance, { db, now }: SpendReportDeps): void {
  const contextOf = ({ portal, viewer }: Caller, language: ReportLanguage): DocumentContext =>
    ({ language, timeZone: portal.timeZone, now: now(), viewerName: viewer.name })

  serve(app, spendReportApi.summary, ({ query }, caller) => readSpendReport(db, caller, query, now()))
  serve(app, spendReportApi.lines, ({ query }, caller) => readSpendLines(db, caller, query, now()))
  serve(app, spendReportApi.prices, ({ query }, caller) => readPriceReport(db, caller, query, now()))
  serve(app, spendReportApi.punctuality, ({ query }, caller) => readPunctuality(db, caller, query, now()))
  serve(app, spendReportApi.dueLines, async ({ query }, caller) => ({ lines: await readDueLines(db, caller, query, now()) }))
  serve(app, spendReportApi.export, async ({ query: { format, language, ...query } }, caller) => {
    const report = await readSpendReport(db, caller, query, now())
    return fileOf(spendDocument(report, contextOf(caller, language)), format)
  })
  const writtenPeriod = (query: SpendPeriodQuery, caller: Caller, language: ReportLanguage): string => {
    const { from, to } = daysOf(query, caller, now())
    return periodText({ from, to: to && addDays(to, -1) }, language)
  }
  serve(app, spendReportApi.exportPrices, async ({ query: { format, language, ...query } }, caller) =>
    fileOf(priceDocument(await readPriceReport(db, caller, query, now()), writtenPeriod(query, caller, language), contextOf(caller, language)), format))
  serve(app, spendReportApi.exportPunctuality, async ({ query: { format, language, ...query } }, caller) =>
    fileOf(punctualityDocument(await readPunctuality(db, caller, query, now()), writtenPeriod(query, caller, language), contextOf(caller, language)), format))
}
