import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { compareQuotations, type ComparedQuotation } from '@comptoir/shared/purchasing/quotation-comparison'
import type { Quotation, Round, RoundRow } from '@comptoir/shared/purchasing/quotation.contract'
import { mayDo, visibleVendors } from '../../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../../platform/storage/database.ts'
import { toNumber, type Asker } from '../document-access.postgres.ts'

/** Vendors of a round whose prices the asker may see. */
const seenVendors = (db: Database, asker: Asker) => visibleVendors(db, asker, { group: 'prices' })
  .select(['vendors.vendor_id', 'vendors.name', mayDo(asker, { group: 'scores' }).as('is_rating_open')])

export async function listRounds(db: Database, asker: Asker): Promise<RoundRow[]> {
  const rows = await db.selectFrom('quotation_rounds as r')
    .innerJoin('quotations as q', join => join.onRef('q.portal_id', '=', 'r.portal_id').onRef('q.round_id', '=', 'r.round_id'))
    .select(['r.round_id', 'r.title', 'r.status', 'r.opened_on', 'r.closes_on', sql<number>`count(*)::int`.as('vendors'), sql<number>`count(*) filter (where q.received_on is not null or q.is_declined)::int`.as('answered')])
    .where('r.portal_id', '=', asker.portal.id).where('q.vendor_id', 'in', seenVendors(db, asker).clearSelect().select('vendors.vendor_id'))
    .groupBy(['r.portal_id', 'r.round_id']).orderBy('r.opened_on', 'desc').orderBy('r.title').limit(200).execute()
  return rows.map(row => ({ roundId: row.round_id, title: row.title, status: row.status, openedOn: row.opened_on, closesOn: row.closes_on, vendorCount: row.vendors, answeredCount: row.answered }))
}

/** @throws AppError purchasing.not_found, also when none of its vendors may be seen */
export async function getRound(db: Database, asker: Asker, roundId: string): Promise<Round> {
  const portalId = asker.portal.id
  const round = await db.selectFrom('quotation_rounds').selectAll().where('portal_id', '=', portalId).where('round_id', '=', roundId).executeTakeFirst()
  const quotations = round ? await readQuotations(db, asker, roundId, round.currency) : []
  if (!round || quotations.length === 0)
    throw new AppError('purchasing.not_found', { details: { id: roundId } })
  const items = await db.selectFrom('quotation_items').selectAll().where('portal_id', '=', portalId).where('round_id', '=', roundId).orderBy('position').execute()
  const compared = compareQuotations(items.map(item => ({ itemId: item.item_id, quantity: Number(item.quantity) })), quotations.map(({ compared: one }) => one), round.currency)
  return {
    roundId,
    title: round.title,
    currency: round.currency,
    openedOn: round.opened_on,
    closesOn: round.closes_on,
    note: round.note,
    status: round.status,
    version: round.version,
    items: items.map(item => ({
      itemId: item.item_id, itemCode: item.item_code, itemName: item.item_name, unit: item.unit, quantity: Number(item.quantity),
      awardedVendorId: item.awarded_vendor_id, best: [...compared.bestOfItem[item.item_id] ?? []],
    })),
    quotations: quotations.map(({ shown }) => {
      const total = compared.totals.find(one => one.vendorId === shown.vendorId)
      return { ...shown, totalMinor: total?.totalMinor ?? null, missingCount: total?.missingCount ?? items.length }
    }),
    bestWhole: compared.bestWhole,
    split: compared.split && { ...compared.split, vendorOfItem: { ...compared.split.vendorOfItem } },
  }
}

type Shown = Omit<Quotation, 'totalMinor' | 'missingCount'>

async function readQuotations(db: Database, asker: Asker, roundId: string, currency: string): Promise<{ shown: Shown, compared: ComparedQuotation }[]> {
  const portalId = asker.portal.id
  const rows = await db.selectFrom('quotations as q').innerJoin(seenVendors(db, asker).as('v'), 'v.vendor_id', 'q.vendor_id')
    .leftJoin('vendor_standings as s', join => join.onRef('s.portal_id', '=', 'q.portal_id').onRef('s.vendor_id', '=', 'q.vendor_id'))
    .selectAll('q').select(['v.name', 'v.is_rating_open', 's.score', sql<string | null>`case when q.currency = ${currency} then 1 else
      shown_rate(q.portal_id, q.currency, coalesce(q.received_on, q.created_at::date)) / shown_rate(q.portal_id, ${currency}, coalesce(q.received_on, q.created_at::date)) end`.as('rate')])
    .where('q.portal_id', '=', portalId).where('q.round_id', '=', roundId).orderBy('v.name').execute()
  const lines = rows.length === 0
    ? []
    : await db.selectFrom('quotation_lines').selectAll().where('portal_id', '=', portalId).where('quotation_id', 'in', rows.map(row => row.quotation_id)).execute()
  return rows.map((row) => {
    const own = lines.filter(line => line.quotation_id === row.quotation_id)
    return {
      shown: {
        quotationId: row.quotation_id, vendorId: row.vendor_id, vendorName: row.name, number: row.number, receivedOn: row.received_on, validUntil: row.valid_until, currency: row.currency,
        leadTimeDays: row.lead_time_days, paymentTermDays: row.payment_term_days, terms: row.terms, shippingMinor: row.shipping_minor, isDeclined: row.is_declined,
        score: row.is_rating_open ? row.score : null,
        lines: own.map(line => ({ itemId: line.item_id, unitPrice: toNumber(line.unit_price), leadTimeDays: line.lead_time_days })),
      },
      compared: {
        vendorId: row.vendor_id, currency: row.currency, rate: toNumber(row.rate), shippingMinor: row.shipping_minor, isDeclined: row.is_declined,
        prices: Object.fromEntries(own.map(line => [line.item_id, toNumber(line.unit_price)])),
      },
    }
  })
}
