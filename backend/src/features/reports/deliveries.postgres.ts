import type { ReportChannel } from '@comptoir/shared/reports/report.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { DeliveryDeps } from './deliver-report.ts'

interface Person { readonly portalId: number, readonly runId: string, readonly userId: number }

/** Notes down each try before the portal is asked, and what became of it. */
export function deliveryNotes(db: Database, { portalId, runId, userId }: Person): Pick<DeliveryDeps, 'begin' | 'end'> {
  const place = (channel: ReportChannel) => ({ portal_id: portalId, run_id: runId, user_id: userId, channel })
  return {
    async begin(channel) {
      const { numInsertedOrUpdatedRows } = await db.insertInto('report_deliveries').values(place(channel)).onConflict(conflict => conflict.doNothing()).executeTakeFirst()
      if (numInsertedOrUpdatedRows)
        return { isRetry: false }
      const { state } = await db.selectFrom('report_deliveries').select('state').where(eb => eb.and(place(channel))).executeTakeFirstOrThrow()
      return state === 'trying' ? { isRetry: true } : null
    },
    async end(channel, errorCode) {
      await db.updateTable('report_deliveries').set({ state: errorCode === null ? 'done' : 'failed', error_code: errorCode }).where(eb => eb.and(place(channel))).execute()
    },
  }
}

export async function filesOf(db: Database, { portalId, runId, userId }: Person): Promise<{ name: string, body: Buffer }[]> {
  return db.selectFrom('report_files').select(['file_name as name', 'body'])
    .where('portal_id', '=', portalId).where('run_id', '=', runId).where('user_id', '=', userId).orderBy('format').execute()
}
