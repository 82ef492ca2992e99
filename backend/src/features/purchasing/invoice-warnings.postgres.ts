import { duplicateReason, numberKey } from '@comptoir/shared/purchasing/duplicate-invoice'
import type { InvoiceToWarnOf, InvoiceWarnings } from '@comptoir/shared/purchasing/purchasing.contract'
import type { Database } from '../../platform/storage/database.ts'
import { mayRead, type Asker } from './document-access.postgres.ts'
import { checkIban } from './invoices.postgres.ts'

/** Looked at before an invoice is saved; nothing here forbids it. */
export async function warnOfInvoice(db: Database, asker: Asker, vendorId: string, invoice: InvoiceToWarnOf): Promise<InvoiceWarnings> {
  await mayRead(db, asker, vendorId)
  const portalId = asker.portal.id
  const [invoices, purchases, vendor] = await Promise.all([
    db.selectFrom('vendor_invoices').select(['invoice_id', 'kind', 'number', 'issued_on', 'currency', 'total_minor'])
      .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('status', '<>', 'rejected').orderBy('issued_on', 'desc').limit(5000).execute(),
    db.selectFrom('purchases').select(['purchase_id', 'spent_on', 'amount_minor', 'currency', 'label', 'reference'])
      .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('invoice_line_id', 'is', null).where('reference', 'is not', null)
      .orderBy('spent_on', 'desc').limit(5000).execute(),
    db.selectFrom('vendors').select('iban').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirst(),
  ])
  const key = numberKey(invoice.number)
  return {
    duplicates: invoices.flatMap((row) => {
      const reason = row.invoice_id === invoice.invoiceId
        ? null
        : duplicateReason(invoice, { kind: row.kind, number: row.number, issuedOn: row.issued_on, currency: row.currency, totalMinor: row.total_minor })
      return reason ? [{ invoiceId: row.invoice_id, number: row.number, issuedOn: row.issued_on, total: { minor: row.total_minor, currency: row.currency }, reason }] : []
    }).slice(0, 10),
    countedPurchases: purchases.filter(row => key !== '' && numberKey(row.reference!) === key).slice(0, 10)
      .map(row => ({ purchaseId: row.purchase_id, spentOn: row.spent_on, amount: { minor: row.amount_minor, currency: row.currency }, label: row.label })),
    ibanCheck: checkIban(invoice.iban, vendor?.iban ?? null),
  }
}
