import { sql, type RawBuilder } from 'kysely'
import { flawedPageSize, type FlawedRecord, type FlawedRecords, type QualityCheck } from '@comptoir/shared/data-quality/data-quality.contract'
import { qualityChecks, type QualityCheckId, type QualitySourceId } from '@comptoir/shared/data-quality/quality-checks'
import { verdictOf } from '@comptoir/shared/data-quality/quality-score'
import type { Database } from '../../platform/storage/database.ts'
import { dealPlan } from './deal-flaws.postgres.ts'
import { outsidePlan } from './outside-flaws.postgres.ts'
import { companyPlan, invoicePlan, leadPlan, purchasePlan } from './record-flaws.postgres.ts'
import type { Asked, FlawPlan, SourcePlan } from './source-plan.ts'
import { keepStageLimits } from './stage-limits.postgres.ts'

const plans: Readonly<Record<QualitySourceId, (asked: Asked) => SourcePlan>> =
  { deals: dealPlan, companies: companyPlan, leads: leadPlan, invoices: invoicePlan, purchases: purchasePlan, outside: outsidePlan }

export async function planOf(db: Database, asked: Asked, sourceId: QualitySourceId): Promise<SourcePlan> {
  if (sourceId === 'deals')
    await keepStageLimits(db, asked.reader.portal.id, asked.now)
  return plans[sourceId](asked)
}

interface Counted { n: number, of: number, worth: number | null, total: number | null }

/** All checks of a source in one pass over its records. */
export async function readChecks(db: Database, { from, where, amount, flaws }: SourcePlan, only?: QualityCheckId): Promise<QualityCheck[]> {
  const wanted = flaws.filter(({ checkId }) => only === undefined || checkId === only)
  const { rows: [row] } = await sql<Record<string, number | null>>`
    select ${sql.join(wanted.flatMap((flaw, at) => countsOf(flaw, at, amount)))} from ${from} where ${where}`.execute(db)
  return wanted.map(({ checkId }, at) => {
    const { n, of, worth, total } = Object.fromEntries(['n', 'of', 'worth', 'total'].map(name => [name, row?.[`${name}_${at}`] ?? null])) as unknown as Counted
    return { checkId, count: n, examined: of, verdict: verdictOf({ count: n, examined: of }), amountMinor: worth, totalMinor: total }
  })
}

function countsOf({ flaw, examined = sql`true` }: FlawPlan, at: number, amount: RawBuilder<number | null> | undefined): RawBuilder<unknown>[] {
  const named = (name: string) => sql.ref(`${name}_${at}`)
  const counts = [
    sql`(count(*) filter (where ${examined} and ${flaw}))::int as ${named('n')}`,
    sql`(count(*) filter (where ${examined}))::int as ${named('of')}`,
  ]
  return amount === undefined
    ? counts
    : [
        ...counts,
        sql`(coalesce(sum(${amount}) filter (where ${examined} and ${flaw}), 0))::bigint as ${named('worth')}`,
        sql`(coalesce(sum(${amount}) filter (where ${examined}), 0))::bigint as ${named('total')}`,
      ]
}

/** The records that a check found, the dearest first. */
export async function readFlawed(db: Database, asked: Asked, checkId: QualityCheckId, page: number): Promise<FlawedRecords> {
  const plan = await planOf(db, asked, qualityChecks[checkId].source)
  const [check] = await readChecks(db, plan, checkId)
  const { flaw, examined = sql`true`, on = sql`null` } = plan.flaws.find(one => one.checkId === checkId)!
  const { id, title, amountMinor, currency, responsible } = plan.columns
  const { rows } = await sql<Omit<FlawedRecord, 'kind'>>`
    select ${id}::text as id, ${title} as title, ${amountMinor} as "amountMinor", ${currency} as currency, ${responsible} as responsible, ${on}::date as "on"
    from ${plan.from} where ${plan.where} and ${examined} and ${flaw}
    order by ${plan.amount ?? sql`null::bigint`} desc nulls last, ${checkId === 'companies_same_name' ? sql`c.name_key, ` : sql``}${id}
    limit ${flawedPageSize} offset ${(page - 1) * flawedPageSize}`.execute(db)
  return { total: check?.count ?? 0, records: rows.map(row => ({ kind: plan.kind, ...row })) }
}
