import { sql, type RawBuilder } from 'kysely'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'

const prefix = 'invoice-iban:'
export const ibanAlertKey = (invoiceId: string): string => `${prefix}${invoiceId}`

interface Differing {
  readonly invoice_id: string
  readonly vendor_id: string
  readonly number: string
  readonly kind: 'invoice' | 'credit_note'
}

/** Invoices that name another account than the approved one, until they are rejected, corrected or paid. */
const differing = (portalId: number, which: RawBuilder<unknown> = sql`true`): RawBuilder<Differing> => sql<Differing>`
  select i.invoice_id, i.vendor_id, i.number, i.kind from vendor_invoices i join vendors v using (portal_id, vendor_id)
  where i.portal_id = ${portalId} and i.iban is not null and v.iban is not null and i.status <> 'rejected' and ${which}
    and upper(replace(i.iban, ' ', '')) <> upper(replace(v.iban, ' ', ''))
    and (not exists (select from payables p where p.portal_id = i.portal_id and p.invoice_id = i.invoice_id)
      or exists (select from payables p where p.portal_id = i.portal_id and p.invoice_id = i.invoice_id and p.status in ('open', 'in_run', 'sent')))`

/** Right after an invoice was written: whoever looks after the vendor and whoever approves its payments are told. */
export async function checkIbanOf(tx: Tx, portalId: number, invoiceId: string, now: Date): Promise<void> {
  const { rows: [found] } = await differing(portalId, sql`i.invoice_id = ${invoiceId}`).execute(tx)
  if (found)
    await raise(tx, portalId, found, now)
  else
    await resolveAlert(tx, portalId, ibanAlertKey(invoiceId), 'gone', now)
}

/** The same for all invoices: an account that was approved meanwhile, or a payment that went out, settles the matter. */
export async function checkIbans(db: Database, portalId: number, now: Date): Promise<void> {
  const [{ rows }, open] = await Promise.all([
    differing(portalId).execute(db),
    db.selectFrom('alerts').select('key').where('portal_id', '=', portalId).where('state', '<>', 'resolved').where('key', 'like', `${prefix}%`).execute(),
  ])
  const [known, wanted] = [new Set(open.map(({ key }) => key)), new Set(rows.map(row => ibanAlertKey(row.invoice_id)))]
  for (const row of rows.filter(row => !known.has(ibanAlertKey(row.invoice_id))))
    await db.transaction().execute(tx => raise(tx, portalId, row, now))
  for (const key of [...known].filter(key => !wanted.has(key)))
    await db.transaction().execute(tx => resolveAlert(tx, portalId, key, 'gone', now))
}

async function raise(tx: Tx, portalId: number, { invoice_id, vendor_id, number, kind }: Differing, now: Date): Promise<void> {
  const people = await guardians(tx, portalId, vendor_id)
  await raiseAlert(tx, {
    portalId,
    key: ibanAlertKey(invoice_id),
    kind: 'invoice_iban',
    vendorId: vendor_id,
    subjectId: invoice_id,
    recipients: people.length > 0 ? people : 'owners',
    params: { subject: kind === 'invoice' ? { fr: `La facture ${number}`, en: `Invoice ${number}` } : { fr: `L’avoir ${number}`, en: `Credit note ${number}` } },
    link: { to: 'vendor', vendorId: vendor_id, section: 'purchasing' },
    at: now,
  })
}

/** The vendor's owner and everybody who may approve its bank details. */
async function guardians(tx: Tx, portalId: number, vendorId: string): Promise<number[]> {
  const { rows } = await sql<{ user_id: number }>`
    select u.user_id from vendors v left join crm_companies c on c.portal_id = v.portal_id and c.company_id = v.company_id
      join crm_users u on u.portal_id = v.portal_id and u.is_active
    where v.portal_id = ${portalId} and v.vendor_id = ${vendorId} and (u.user_id = c.assigned_by_id or exists (
      select from vendor_grants_for(u.portal_id, u.user_id, 'bank', 'approver') g
      where g.scope_kind = 'all' or g.vendor_group = v.category or g.vendor_id = v.vendor_id))
    order by u.user_id`.execute(tx)
  return rows.map(row => row.user_id)
}
