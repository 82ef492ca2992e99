import type { FastifyInstance } from 'fastify'
import { financeApi } from '@comptoir/shared/sources/finance.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readFinance, readLedgerLines } from './finance.postgres.ts'

export interface FinanceDeps {
  readonly db: Database
  readonly now: () => Date
}

export function financeRoutes(app: FastifyInstance, { db, now }: FinanceDeps): void {
  serve(app, financeApi.report, ({ query }, caller) => readFinance(db, caller, query, now()))
  serve(app, financeApi.lines, ({ query }, { portal }) => readLedgerLines(db, portal.id, query))
  serve(app, financeApi.export, async ({ query: { format, language, ...query } }, caller) => {
    const [{ financeDocument }, { renderDocument }] = await Promise.all([import('./finance-document.ts'), import('../../platform/documents/render-document.ts')])
    const document = financeDocument(await readFinance(db, caller, query, now()), { language, timeZone: caller.portal.timeZone, now: now() })
    const { body, ...file } = await renderDocument(document, format)
    return { ...file, base64: body.toString('base64') }
  })
}
