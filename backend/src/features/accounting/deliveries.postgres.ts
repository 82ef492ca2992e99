import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { DeliveredInvoice } from '@comptoir/shared/accounting/accounting.contract'
import { AppError } from '@comptoir/shared/errors'
import type { InvoiceFields } from '@comptoir/shared/purchasing/purchasing-fields'
import { checkSiren, checkVatNumber } from '@comptoir/shared/vendors/identifiers'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { auxiliaryOf } from './journal.postgres.ts'
import type { OpenedKey } from './keys.postgres.ts'

export interface DeliveryDeps {
  readonly db: Database
  /** Whoever keeps invoices writes them, in the delivery's own transaction. */
  readonly insertInvoice: (tx: Tx, portal: PortalRecord, vendorId: string, fields: InvoiceFields, sourceKey: string) => Promise<string>
}

export interface Delivery {
  readonly idempotencyKey: string
  readonly body: string
  readonly content: DeliveredInvoice
}

/**
 * Stores what was delivered as a draft that a person registers. The same delivery again answers the same invoice.
 * @throws AppError accounting.delivery_differs, accounting.vendor_unknown
 */
export async function takeDelivery({ db, insertInvoice }: DeliveryDeps, portal: PortalRecord, key: OpenedKey, { idempotencyKey, body, content }: Delivery): Promise<{ invoiceId: string, isNew: boolean }> {
  const bodyHash = createHash('sha256').update(body).digest()
  return db.transaction().execute(async (tx) => {
    const of = { portal_id: portal.id, key_id: key.keyId, idempotency_key: idempotencyKey }
    // A twin that arrives at the same moment waits here for the first one's end.
    await tx.insertInto('accounting_deliveries').values({ ...of, body_hash: bodyHash }).onConflict(conflict => conflict.doNothing()).execute()
    const row = await tx.selectFrom('accounting_deliveries').selectAll().where('portal_id', '=', portal.id).where('key_id', '=', key.keyId)
      .where('idempotency_key', '=', idempotencyKey).forUpdate().executeTakeFirstOrThrow()
    if (!row.body_hash.equals(bodyHash))
      throw new AppError('accounting.delivery_differs')
    if (row.invoice_id !== null)
      return { invoiceId: row.invoice_id, isNew: false }
    const vendorId = await findVendor(tx, portal.id, content.vendor)
    if (vendorId === null)
      throw new AppError('accounting.vendor_unknown')
    const invoiceId = await insertInvoice(tx, portal, vendorId, fieldsOf(content), `accounting:${key.keyId}:${idempotencyKey}`)
    await tx.updateTable('accounting_deliveries').set({ invoice_id: invoiceId }).where('portal_id', '=', portal.id).where('key_id', '=', key.keyId).where('idempotency_key', '=', idempotencyKey).execute()
    return { invoiceId, isNew: true }
  })
}

/** Identifiers that two vendors share name neither. */
async function findVendor(tx: Tx, portalId: number, { vendorId, siren, vatNumber, code, auxiliary }: DeliveredInvoice['vendor']): Promise<string | null> {
  const valueOf = (check: { ok: true, value: string } | { ok: false }): string | null => check.ok ? check.value : null
  const signs = [
    ['vendor_id', vendorId ?? null], ['siren', siren === undefined ? null : valueOf(checkSiren(siren))],
    ['vat_number', vatNumber === undefined ? null : valueOf(checkVatNumber(vatNumber))], ['code', code ?? null],
  ] as const
  for (const [column, value] of signs) {
    if (value === null)
      continue
    const found = await tx.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portalId).where(sql.ref(column), '=', value).limit(2).execute()
    if (found.length === 1)
      return found[0]!.vendor_id
  }
  if (auxiliary === undefined)
    return null
  const vendors = await tx.selectFrom('vendors').select(['vendor_id', 'name as vendor_name', 'code', 'siren']).where('portal_id', '=', portalId).execute()
  const found = vendors.filter(vendor => auxiliaryOf(vendor) === auxiliary)
  return found.length === 1 ? found[0]!.vendor_id : null
}

const fieldsOf = ({ invoice }: DeliveredInvoice): InvoiceFields => ({
  kind: invoice.kind, number: invoice.number, issuedOn: invoice.issuedOn, dueOn: invoice.dueOn, receivedOn: null, currency: invoice.currency, taxMinor: invoice.taxMinor,
  dueMinor: null, status: 'draft', iban: null, paymentReference: invoice.paymentReference, orderId: null, creditedInvoiceId: null, dealId: null, note: null,
  lines: invoice.lines.map(line => ({
    orderLineId: null, itemCode: null, description: line.description, quantity: line.quantity ?? 1, netMinor: line.netMinor, taxRate: line.taxRate ?? null, taxCategory: line.taxCategory ?? null,
    account: line.account ?? null, category: line.category ?? null,
  })),
})
