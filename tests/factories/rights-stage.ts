import { cardOf } from '@comptoir/backend/features/scorecards/card'
import type { TestDatabase } from '@comptoir/backend/platform/storage/test-database'
import type { FieldGroup, VendorRole } from '@comptoir/shared/access/rights'
import { evaluate } from '@comptoir/shared/scorecards/evaluate'

type Db = TestDatabase['db']

/** Values that occur nowhere else: where one of them is read, its field group stands open. */
export const marks = {
  hidden: { name: 'Zorglub Cachottier', code: 'ZC-4711', siren: '732829320', iban: 'FR7630006000011234567890189', label: 'Zorglubium enrichi', minor: 913_579_13, paper: 'Pacte zorglub', score: 37.313 },
  shown: { name: 'Ouvert Frères', code: 'OF-0815', siren: '404833048', iban: 'FR1420041010050500013M02606', label: 'Papier vergé', minor: 424_242_42, paper: 'Contrat vélin', score: 73.737 },
} as const

export interface RightsStage {
  readonly hidden: string
  readonly shown: string
  readonly dealId: number
  /** Ids of what hangs on a vendor, under the names that paths call them by. */
  readonly records: ReadonlyMap<string, Readonly<Record<string, string>>>
}

type Marks = (typeof marks)['hidden'] | (typeof marks)['shown']

/** Two vendors behind one deal, of two groups, with everything that could be told of them. */
export async function stageVendors(db: Db, portalId: number): Promise<RightsStage> {
  const { deal_id: dealId } = await db.selectFrom('crm_deals').select('deal_id').where('portal_id', '=', portalId).orderBy('deal_id').executeTakeFirstOrThrow()
  const records = new Map<string, Record<string, string>>()
  const add = async (mark: Marks, category: string) => {
    const { name, code, siren, iban, label, minor } = mark
    const { vendor_id: vendorId } = await db.insertInto('vendors').values({
      portal_id: portalId, name, name_key: name.toLowerCase(), code, siren, iban, bic: 'BNPAFRPPXXX', category, status: 'active', city: 'Nantes', iban_approved_at: new Date(),
    }).returning('vendor_id').executeTakeFirstOrThrow()
    const today = new Date().toISOString().slice(0, 10)
    await db.insertInto('purchases').values({ portal_id: portalId, vendor_id: vendorId, spent_on: today, amount_minor: minor, amount_base_minor: minor, currency: 'EUR', label, deal_id: dealId }).execute()
    await db.insertInto('deal_vendors').values({ portal_id: portalId, deal_id: dealId, vendor_id: vendorId, planned_cost_minor: minor, currency: 'EUR' }).execute()
    await db.insertInto('vendor_changes').values({ portal_id: portalId, vendor_id: vendorId, field: 'iban', old_value: null, new_value: JSON.stringify(iban), origin: 'person', by_user_id: 5 }).execute()
    await db.insertInto('vendor_change_proposals').values({
      portal_id: portalId, vendor_id: vendorId, kind: 'bank', changes: JSON.stringify({ iban: { from: iban, to: `${iban.slice(0, -2)}00` } }), author_id: 5,
    }).execute()
    records.set(vendorId, {
      ...await stagePurchasing(db, { portalId, vendorId, today }, mark),
      ...await stageRelationship(db, { portalId, vendorId, today }, mark),
      ...await stageScores(db, { portalId, vendorId, today }, mark),
    })
    return vendorId
  }
  return { hidden: await add(marks.hidden, 'Secret'), shown: await add(marks.shown, 'Ouvert'), dealId, records }
}

interface Owner { readonly portalId: number, readonly vendorId: string, readonly today: string }

/** Of an order, a receipt, an agreed price, a request and a quotation: what was asked, never what was spent. */
async function stagePurchasing(db: Db, { portalId, vendorId, today }: Owner, { name, code, iban, label, minor }: Marks) {
  const own = { portal_id: portalId, vendor_id: vendorId }
  const { order_id: orderId } = await db.insertInto('purchase_orders').values({ ...own, number: `${code}-C`, ordered_on: today, currency: 'EUR', note: label }).returning('order_id').executeTakeFirstOrThrow()
  const { line_id: lineId } = await db.insertInto('purchase_order_lines').values({
    ...own, order_id: orderId, position: 1, item_code: code, item_name: label, quantity: '1', unit_price: String(minor / 100), promised_on: today,
  }).returning('line_id').executeTakeFirstOrThrow()
  await db.insertInto('vendor_changes').values({ ...own, field: 'order', new_value: JSON.stringify({ number: `${code}-C`, currency: 'EUR', lines: [label] }), origin: 'person', by_user_id: 5 }).execute()
  const { receipt_id: receiptId } = await db.insertInto('goods_receipts').values({ ...own, number: `${code}-R`, received_on: today, note: label }).returning('receipt_id').executeTakeFirstOrThrow()
  await db.insertInto('goods_receipt_lines').values({ ...own, receipt_id: receiptId, line_id: lineId, item_code: code, item_name: label, quantity: '1' }).execute()
  // A draft is no spend yet.
  const { invoice_id: invoiceId } = await db.insertInto('vendor_invoices').values({
    ...own, number: `${code}-F`, issued_on: today, currency: 'EUR', net_minor: minor, total_minor: minor, status: 'draft', iban, note: label,
  }).returning('invoice_id').executeTakeFirstOrThrow()
  await db.insertInto('vendor_invoice_lines').values({ ...own, invoice_id: invoiceId, position: 1, order_line_id: lineId, description: label, net_minor: minor }).execute()
  const { payable_id: payableId } = await db.insertInto('payables').values({
    ...own, reference: `${code}-E`, issued_on: today, due_on: today, amount_minor: minor, currency: 'EUR', amount_base_minor: minor, note: label,
  }).returning('payable_id').executeTakeFirstOrThrow()
  const { price_id: priceId } = await db.insertInto('contract_prices').values({ ...own, item_code: code, item_name: label, price: String(minor / 100), currency: 'EUR' }).returning('price_id').executeTakeFirstOrThrow()
  const { request_id: requestId } = await db.insertInto('vendor_requests').values({ ...own, subject: `${name} : ${code}`, sent_at: new Date() }).returning('request_id').executeTakeFirstOrThrow()
  const { round_id: roundId } = await db.insertInto('quotation_rounds').values({ portal_id: portalId, title: `Tour ${vendorId}`, currency: 'EUR', opened_on: today }).returning('round_id').executeTakeFirstOrThrow()
  const { item_id: itemId } = await db.insertInto('quotation_items').values({ portal_id: portalId, round_id: roundId, position: 1, item_name: 'Article', quantity: '1', awarded_vendor_id: vendorId }).returning('item_id').executeTakeFirstOrThrow()
  const { quotation_id: quotationId } = await db.insertInto('quotations').values({ ...own, round_id: roundId, number: `${code}-Q`, currency: 'EUR', terms: label, shipping_minor: minor }).returning('quotation_id').executeTakeFirstOrThrow()
  await db.insertInto('quotation_lines').values({ portal_id: portalId, quotation_id: quotationId, item_id: itemId, unit_price: String(minor / 100), note: label }).execute()
  return { orderId, lineId, receiptId, invoiceId, payableId, priceId, requestId, roundId }
}

/** A contract that is soon to be given notice of, a paper that has run out, and what the alert centre says of both. */
async function stageRelationship(db: Db, { portalId, vendorId, today }: Owner, { name, paper, minor }: Marks) {
  const own = { portal_id: portalId, vendor_id: vendorId }
  const { contract_id: contractId } = await db.insertInto('contracts').values({
    ...own, title: paper, status: 'signed', starts_on: today, ends_on: today, current_ends_on: today, notice_on: today, amount_minor: minor, currency: 'EUR',
    documents: JSON.stringify([{ name: paper, url: 'https://example.org/pacte' }]), note: paper,
  }).returning('contract_id').executeTakeFirstOrThrow()
  await db.insertInto('contract_changes').values({ portal_id: portalId, contract_id: contractId, version: 1, changes: JSON.stringify([{ field: 'title', from: null, to: paper }]) }).execute()
  const { document_id: documentId } = await db.insertInto('compliance_documents').values({ ...own, kind: 'kbis', name: paper, valid_from: '2020-01-01', valid_to: '2020-12-31', note: paper }).returning('document_id').executeTakeFirstOrThrow()
  const { alert_id: alertId } = await db.insertInto('alerts').values({
    ...own, key: `stage:${vendorId}`, kind: 'contract_ends', severity: 'warning', subject_id: contractId, due_on: today, params: JSON.stringify({ vendor: name, subject: paper, name, title: paper }),
  }).returning('alert_id').executeTakeFirstOrThrow()
  await db.insertInto('alert_events').values({ portal_id: portalId, alert_id: alertId, event: 'raised', details: '{}' }).execute()
  return { contractId, documentId, alertId }
}

/** A stored month with a thread, and a suspicion. */
async function stageScores(db: Db, { portalId, vendorId, today }: Owner, { name, paper, score }: Marks) {
  const own = { portal_id: portalId, vendor_id: vendorId }
  const month = `${today.slice(0, 4)}-01-01`
  const [blank] = evaluate({ asOf: today, suppliers: [{ id: vendorId }], orders: [], receipts: [], invoices: [] })
  const card = { ...cardOf(blank!), score }
  const { snapshot_id: snapshotId } = await db.insertInto('scorecard_snapshots').values({
    ...own, month, score, coverage: 100, standing: 'Critique', month_score: score, is_active: true, figures: JSON.stringify({ card, month: card }), inputs_hash: 'x', formula_version: 1, settings_version: 0,
  }).returning('snapshot_id').executeTakeFirstOrThrow()
  await db.insertInto('score_comments').values({ ...own, snapshot_id: snapshotId, kind: 'contest', body: `${name} : ${score}`, computed_score: score }).execute()
  await db.insertInto('vendor_standings').values({ ...own, standing: 'Critique', score, since: today }).execute()
  await db.insertInto('vendor_fraud_alerts').values({ ...own, reason: paper }).execute()
  return { month }
}

/** Leaves the portal with exactly one grant: to this person, for the open group of vendors. */
export async function onlyGrant(db: Db, portalId: number, userId: number, role: VendorRole, groups: FieldGroup[]): Promise<void> {
  await db.deleteFrom('vendor_grants').where('portal_id', '=', portalId).execute()
  await db.insertInto('vendor_grants').values({
    portal_id: portalId, subject_kind: 'user', subject_id: userId, scope_kind: 'group', vendor_group: 'Ouvert', role, field_groups: groups,
  }).execute()
}
