import { sql, type RawBuilder } from 'kysely'
import type { PlaceKind } from '@comptoir/shared/personal-data/inventory'
import type { Tx } from '../../platform/storage/database.ts'

/** Who is looked for, and where. */
export interface Sought {
  readonly portalId: number
  readonly words: string
  /** For `ilike`. */
  readonly pattern: string
  /** Of a telephone number, however it is written. */
  readonly digits: string | null
}

export interface Eraser { readonly userId: number, readonly now: Date, readonly reason: string }

export interface Found { readonly id: string, readonly subject: string | null, readonly field: string | null, readonly value: string }

export interface Place {
  readonly name: string
  readonly kind: PlaceKind
  readonly find: (sought: Sought) => RawBuilder<Found>
  /** Absent where the law keeps it, or where it goes by itself. */
  readonly erase?: (tx: Tx, sought: Sought, ids: readonly string[], eraser: Eraser) => Promise<void>
}

const holds = (value: RawBuilder<unknown>, { pattern, digits }: Sought): RawBuilder<boolean> => sql`holds_person(${value}, ${pattern}, ${digits})`
const without = (value: RawBuilder<unknown>, { pattern, digits }: Sought): RawBuilder<unknown> => sql`without_person(${value}, ${pattern}, ${digits})`
/** The text of a whole value is asked first: it is quick, and takes most rows out. */
const holdsIn = (value: RawBuilder<unknown>, sought: Sought): RawBuilder<boolean> => sql`${holds(sql`${value}::text`, sought)} and ${without(value, sought)} <> ${value}`

/** What a person would read of a value, whatever it is packed in. */
const textsOf = (value: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`(select string_agg(part #>> '{}', ', ') from jsonb_path_query(${value}, 'strict $.** ? (@.type() == "string")') as parts (part))`

const contactFields = [['email', 'email'], ['phone', 'phone'], ['account_holder', 'accountHolder'], ['notes', 'notes']] as const

/** The vendor's own fields: emptied, with a line in the history that says so without the value. */
const contacts: readonly Place[] = contactFields.map(([column, field]): Place => ({
  name: field,
  kind: column === 'notes' ? 'note' : 'contact',
  find: sought => sql`select vendor_id::text as id, name as subject, ${field} as field, ${sql.ref(column)} as value
    from vendors where portal_id = ${sought.portalId} and ${holds(sql.ref(column), sought)}`,
  async erase(tx, { portalId }, ids, { userId, now, reason }) {
    await sql`with emptied as (
        update vendors set ${sql.ref(column)} = null, version = version + 1, updated_at = ${now}, updated_by = ${userId}
        where portal_id = ${portalId} and vendor_id = any(${[...ids]}::uuid[]) returning vendor_id
      ) insert into vendor_changes (portal_id, vendor_id, field, old_value, reason, origin, at, by_user_id)
        select ${portalId}, vendor_id, ${field}, '"••••"', ${reason}, 'person', ${now}, ${userId} from emptied`.execute(tx)
  },
}))

const noteTables = [
  ['contracts', 'contract_id'], ['purchase_orders', 'order_id'], ['goods_receipts', 'receipt_id'], ['vendor_invoices', 'invoice_id'], ['payables', 'payable_id'],
  ['compliance_documents', 'document_id'], ['vendor_requests', 'request_id'],
] as const

const notes: readonly Place[] = noteTables.map(([table, id]): Place => ({
  name: table,
  kind: 'note',
  find: sought => sql`select t.${sql.ref(id)}::text as id, v.name as subject, ${table} as field, t.note as value
    from ${sql.table(table)} t join vendors v using (portal_id, vendor_id) where t.portal_id = ${sought.portalId} and ${holds(sql`t.note`, sought)}`,
  async erase(tx, { portalId }, ids, { userId, now }) {
    await sql`update ${sql.table(table)} set note = null, version = version + 1, updated_at = ${now}, updated_by = ${userId}
      where portal_id = ${portalId} and ${sql.ref(id)} = any(${[...ids]}::uuid[])`.execute(tx)
  },
}))

/** Reasons, proofs and subjects: what was written there was asked for, so dots take its place. */
const reasonColumns = [
  ['contracts', 'contract_id', 'termination_reason'], ['compliance_documents', 'document_id', 'verification_note'], ['vendor_requests', 'request_id', 'subject'],
  ['vendor_holds', 'hold_id', 'lifted_reason'], ['vendor_fraud_alerts', 'fraud_alert_id', 'reason'], ['vendor_fraud_alerts', 'fraud_alert_id', 'closing_reason'],
] as const

const reasons: readonly Place[] = reasonColumns.map(([table, id, column]): Place => ({
  name: `${table}.${column}`,
  kind: 'note',
  find: sought => sql`select t.${sql.ref(id)}::text as id, v.name as subject, ${table} as field, t.${sql.ref(column)} as value
    from ${sql.table(table)} t join vendors v using (portal_id, vendor_id) where t.portal_id = ${sought.portalId} and ${holds(sql`t.${sql.ref(column)}`, sought)}`,
  async erase(tx, { portalId }, ids) {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = '••••' where portal_id = ${portalId} and ${sql.ref(id)} = any(${[...ids]}::uuid[])`.execute(tx)
  },
}))

const dealNotes: Place = {
  name: 'deal_vendors',
  kind: 'note',
  find: sought => sql`select d.deal_id || '/' || d.vendor_id as id, v.name as subject, 'deal_vendors' as field, d.note as value
    from deal_vendors d join vendors v using (portal_id, vendor_id) where d.portal_id = ${sought.portalId} and ${holds(sql`d.note`, sought)}`,
  async erase(tx, { portalId }, ids, { userId, now }) {
    await sql`update deal_vendors set note = null, version = version + 1, updated_at = ${now}, updated_by = ${userId}
      where portal_id = ${portalId} and deal_id || '/' || vendor_id = any(${[...ids]}::text[])`.execute(tx)
  },
}

/** The name stays in the history as on the vendor. */
const history: Place = {
  name: 'history',
  kind: 'history',
  find: sought => sql`select c.vendor_change_id::text as id, v.name as subject, c.field,
      concat_ws(' → ', ${textsOf(sql`c.old_value`)}, ${textsOf(sql`c.new_value`)}, c.reason) as value
    from vendor_changes c join vendors v using (portal_id, vendor_id)
    where c.portal_id = ${sought.portalId} and c.field not in ('vendor', 'name') and (${holdsIn(sql`c.old_value`, sought)} or ${holdsIn(sql`c.new_value`, sought)} or ${holds(sql`c.reason`, sought)})`,
  async erase(tx, sought, ids) {
    await sql`select set_config('comptoir.erasing', 'on', true)`.execute(tx)
    await sql`update vendor_changes set old_value = ${without(sql`old_value`, sought)}, new_value = ${without(sql`new_value`, sought)},
        reason = case when ${holds(sql`reason`, sought)} then '••••' else reason end
      where portal_id = ${sought.portalId} and vendor_change_id = any(${[...ids]}::bigint[])`.execute(tx)
    await sql`select set_config('comptoir.erasing', 'off', true)`.execute(tx)
  },
}

/** A proposal that waits is decided first: what is approved is what was looked at. */
const proposals: Place = {
  name: 'proposals',
  kind: 'proposal',
  find: sought => sql`select p.proposal_id::text as id, v.name as subject, null as field, concat_ws(' · ', ${textsOf(sql`p.changes`)}, p.reason, p.comment) as value
    from vendor_change_proposals p join vendors v using (portal_id, vendor_id)
    where p.portal_id = ${sought.portalId} and p.status <> 'waiting' and (${holdsIn(sql`p.changes`, sought)} or ${holds(sql`p.reason`, sought)} or ${holds(sql`p.comment`, sought)})`,
  async erase(tx, sought, ids) {
    await sql`update vendor_change_proposals set changes = ${without(sql`changes`, sought)},
        reason = case when ${holds(sql`reason`, sought)} then '••••' else reason end, comment = case when ${holds(sql`comment`, sought)} then '••••' else comment end
      where portal_id = ${sought.portalId} and proposal_id = any(${[...ids]}::uuid[])`.execute(tx)
  },
}

const kept = (name: string, kind: PlaceKind, find: Place['find']): Place => ({ name, kind, find })

/** What must stay: the name on an order or invoice, and whatever proves a payment. */
const lawful: readonly Place[] = [
  kept('identity', 'identity', sought => sql`select vendor_id::text as id, name as subject, 'name' as field, name as value from vendors
    where portal_id = ${sought.portalId} and ${holds(sql`name`, sought)}`),
  kept('payments', 'payment', sought => sql`select i.item_id::text as id, v.name as subject, 'accountHolder' as field, i.creditor_name as value
    from payment_run_items i join vendors v using (portal_id, vendor_id) where i.portal_id = ${sought.portalId} and ${holds(sql`i.creditor_name`, sought)}`),
  kept('statements', 'statement', sought => sql`select transaction_id::text as id, booked_on::text as subject, null as field, concat_ws(' · ', counterparty_name, remittance) as value
    from bank_transactions where portal_id = ${sought.portalId} and (${holds(sql`counterparty_name`, sought)} or ${holds(sql`remittance`, sought)})`),
  kept('purchases', 'entry', sought => sql`select p.purchase_id::text as id, v.name as subject, null as field, concat_ws(' · ', p.reference, p.label) as value
    from purchases p join vendors v using (portal_id, vendor_id) where p.portal_id = ${sought.portalId} and (${holds(sql`p.label`, sought)} or ${holds(sql`p.reference`, sought)})`),
  kept('ledger', 'entry', sought => sql`select file_id || '/' || line_no as id, entry_on::text as subject, null as field, concat_ws(' · ', auxiliary_name, text) as value
    from ledger_lines where portal_id = ${sought.portalId} and (${holds(sql`auxiliary_name`, sought)} or ${holds(sql`text`, sought)})`),
  // A stored score and what was said of it are kept as they are.
  kept('comments', 'comment', sought => sql`select c.comment_id::text as id, v.name as subject, null as field, concat_ws(' · ', c.on_behalf_of, c.body) as value
    from score_comments c join vendors v using (portal_id, vendor_id)
    where c.portal_id = ${sought.portalId} and (${holds(sql`c.body`, sought)} or ${holds(sql`c.on_behalf_of`, sought)})`),
  // A file is taken away where it lies, so that whoever needs it sees it go.
  kept('files', 'file', sought => sql`select f.file_id::text as id, v.name as subject, null as field, f.name as value
    from vendor_files f join vendors v using (portal_id, vendor_id) where f.portal_id = ${sought.portalId} and f.removed_at is null and ${holds(sql`f.name`, sought)}`),
  kept('requests', 'requestLog', sought => sql`select request_log_id::text as id, method as subject, null as field, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as value
    from request_log where portal_id = ${sought.portalId} and (${holds(sql`request::text`, sought)} or ${holds(sql`answer::text`, sought)})`),
]

export const vendorPlaces: readonly Place[] = [...contacts, ...notes, ...reasons, dealNotes, history, proposals, ...lawful]
export { holds, holdsIn, textsOf, without }
