import type { Database } from '../../../platform/storage/database.ts'
import type { InsightPortal } from '../ask.ts'

const stages = [['P', 'N'], ['P', 'S'], ['S', 'P'], ['S', 'P'], ['S', 'P'], ['F', 'D'], ['F', 'CANCELLED']] as const

/** Invoices to customers over a year: paid, owed, unpaid and given up, of deals and without, some in a currency without rate. */
export async function scatteredInvoices(db: Database, portal: InsightPortal, next: (below: number) => number): Promise<void> {
  await db.insertInto('crm_invoices').values(Array.from({ length: 250 }, (_, at) => {
    const written = Date.UTC(2025, 1, 1 + next(380), next(24))
    const amount = next(60_000)
    const [semantics, stage] = stages[next(stages.length)]!
    return {
      portal_id: portal.id,
      invoice_id: at + 1,
      number: `F-${at + 1}`,
      stage_id: `DT31_4:${stage}`,
      semantics,
      amount_minor: amount,
      currency: 'EUR',
      amount_base_minor: next(12) === 0 ? null : amount,
      deal_id: next(3) === 0 ? null : 1 + next(720),
      company_id: 1 + next(40),
      assigned_by_id: next(7) === 0 ? null : 1 + next(5),
      issued_on: next(5) === 0 ? null : new Date(written).toISOString().slice(0, 10),
      due_on: at % 9 === 0 ? null : new Date(written + at % 60 * 86_400_000).toISOString().slice(0, 10),
      created_at: new Date(written),
      moved_at: new Date(written + next(90) * 86_400_000),
    }
  })).execute()
}
