import { sql } from 'kysely'
import type { SegmentSubject } from '@comptoir/shared/segments/fields'
import type { Group } from '@comptoir/shared/segments/rule'
import type { SegmentPreview } from '@comptoir/shared/segments/segment.contract'
import { dealsIn, vendorsIn, type SegmentReader } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { insistOnSound } from './segments.postgres.ts'

const sampleSize = 8
/** Everything: what the count is a part of. */
const everything: Group = { kind: 'none', rules: [] }

interface Counted { count: number, total: number, sum_minor: number | null }
interface Sampled { id: string, title: string, detail: string | null, amount_minor: number | null }

/** @throws AppError segment.invalid */
export async function previewSegment(db: Database, reader: SegmentReader & { portal: { currency: string } }, { subject, rule }: { subject: SegmentSubject, rule: Group }): Promise<SegmentPreview> {
  insistOnSound(rule, subject)
  const { counted, sample } = await (subject === 'deal' ? previewDeals(db, reader, rule) : previewVendors(db, reader, rule))
  return {
    count: counted?.count ?? 0, total: counted?.total ?? 0, sumMinor: counted?.sum_minor ?? null, currency: reader.portal.currency,
    sample: sample.map(({ id, title, detail, amount_minor }) => ({ id, title, detail, amountMinor: amount_minor })),
  }
}

interface Found { readonly counted: Counted | undefined, readonly sample: readonly Sampled[] }

async function previewDeals(db: Database, reader: SegmentReader, rule: Group): Promise<Found> {
  const isIn = dealsIn(rule, reader)
  const counts = await sql<Counted>`
    select count(*) filter (where is_in)::int as count, count(*)::int as total, (sum(amount_base_minor) filter (where is_in))::bigint as sum_minor
    from (select coalesce(${isIn}, false) as is_in, d.amount_base_minor from crm_deals d where ${dealsIn(everything, reader)}) counted`.execute(db)
  const sample = await sql<Sampled>`
    select d.deal_id::text as id, d.title, nullif(concat_ws(' · ', c.title, s.name), '') as detail, d.amount_base_minor as amount_minor
    from (select * from crm_deals d where ${isIn} order by d.deal_id desc limit ${sampleSize}) d
      left join crm_companies c on c.portal_id = d.portal_id and c.company_id = d.company_id
      left join crm_stages s on s.portal_id = d.portal_id and s.entity_type_id = 2 and s.stage_id = d.stage_id
    order by d.deal_id desc`.execute(db)
  return { counted: counts.rows[0], sample: sample.rows }
}

async function previewVendors(db: Database, reader: SegmentReader, rule: Group): Promise<Found> {
  const isIn = vendorsIn(rule, reader)
  const counts = await sql<Counted>`
    select count(*) filter (where is_in)::int as count, count(*)::int as total, null::bigint as sum_minor
    from (select coalesce(${isIn}, false) as is_in from vendors where ${vendorsIn(everything, reader)}) counted`.execute(db)
  const sample = await sql<Sampled>`
    select vendors.vendor_id::text as id, vendors.name as title, nullif(concat_ws(' · ', vendors.category, vendors.city), '') as detail, null::bigint as amount_minor
    from vendors where ${isIn} order by vendors.name, vendors.vendor_id limit ${sampleSize}`.execute(db)
  return { counted: counts.rows[0], sample: sample.rows }
}
