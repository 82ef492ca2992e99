import type { FileKind } from '@comptoir/shared/purchasing/document-columns'
import type { FileReport } from '@comptoir/shared/purchasing/document-file.contract'
import { readDocumentTable, type TableIssue } from '@comptoir/shared/purchasing/document-table'
import { toMinor } from '@comptoir/shared/money'
import { chargedTaxOf } from '@comptoir/shared/purchasing/tax-category'
import type { Tx } from '../../../platform/storage/database.ts'
import { mayWrite, type Asker } from '../document-access.postgres.ts'
import { insertInvoice } from '../invoice-writes.postgres.ts'
import { insertOrder } from '../order-writes.postgres.ts'
import type { PurchasingDeps } from '../purchasing-deps.ts'
import { insertReceipt } from '../receipts.postgres.ts'
import { readDocumentRow, type DocumentRow } from './document-rows.ts'
import { documentKey, orderLineOf, readKnownNumbers, readOrderLines, vendorFinder, type KnownOrderLine, type KnownVendor } from './known-documents.postgres.ts'

export interface FileToImport { readonly kind: FileKind, readonly bytes: Uint8Array, readonly vendorId: string | null, readonly isDryRun: boolean }

interface Group { readonly key: string, readonly vendor: KnownVendor, readonly rows: readonly DocumentRow[] }

const shownIssues = 500
const shownDocuments = 8

/** Every document of the file once: what is here already stays as it is, one with a faulty row is left out whole. */
export async function importDocuments({ db, now, onInvoice }: PurchasingDeps, asker: Asker, file: FileToImport): Promise<FileReport> {
  const { kind, isDryRun } = file
  const { portal } = asker
  const table = await readDocumentTable(kind, file.bytes)
  const rows = table.issues.length > 0 ? [] : table.rows.map(record => readDocumentRow(kind, table, record, portal.currency))
  const fixed = file.vendorId === null ? null : await ownVendor(db as Tx, asker, file.vendorId)
  const find = await vendorFinder(db, asker)
  const issues: TableIssue[] = [...table.issues, ...rows.flatMap(row => row.issues)]
  const owned = rows.map((row) => {
    const isNamed = Object.values(row.clues).some(clue => clue !== null)
    const vendor = isNamed ? find(row.clues) : fixed
    if (!vendor)
      issues.push({ line: row.line, field: 'vendorName', code: 'unknown_vendor', value: row.clues.name ?? row.clues.code ?? '' })
    return { row, vendor }
  })
  const groups = [...Map.groupBy(owned.flatMap(({ row, vendor }) => vendor ? [{ row, vendor, key: documentKey(vendor.vendorId, row.number, row.isCredit) }] : []), ({ key }) => key)]
    .map(([key, members]): Group => ({ key, vendor: members[0]!.vendor, rows: members.map(({ row }) => row) }))
  const vendorIds = [...new Set(groups.map(({ vendor }) => vendor.vendorId))]
  const [knownNumbers, orderLines] = await Promise.all([readKnownNumbers(db, portal.id, kind, vendorIds), kind === 'orders' ? new Map<string, never>() : readOrderLines(db, portal.id, vendorIds)])
  for (const { vendor, rows: members } of groups) {
    for (const row of members.filter(one => one.orderNumber !== null && !orderLines.has(documentKey(vendor.vendorId, one.orderNumber))))
      issues.push({ line: row.line, field: 'orderNumber', code: 'unknown_order', value: row.orderNumber! })
  }
  const faultyLines = new Set(issues.map(({ line }) => line))
  const isFaulty = ({ rows: members }: Group): boolean => members.some(({ line }) => faultyLines.has(line))
  const fresh = groups.filter(group => !knownNumbers.has(group.key))
  const sound = fresh.filter(group => !isFaulty(group))
  if (!isDryRun) {
    await db.transaction().execute(async (tx) => {
      for (const group of sound)
        await write(tx, { asker, kind, now: now(), orderLines, onInvoice }, group)
    })
  }
  return {
    kind, isDryRun,
    rowCount: table.rows.length,
    columns: table.headers.map((header, at) => ({ header, field: Object.entries(table.mapping).find(([, column]) => column === at)?.[0] ?? null })),
    created: sound.length,
    known: groups.length - fresh.length,
    knownDocuments: groups.filter(group => knownNumbers.has(group.key)).slice(0, shownIssues).map(({ vendor, rows: [first] }) => ({ line: first!.line, vendorName: vendor.name, number: first!.number })),
    faulty: fresh.length - sound.length + owned.filter(({ vendor }) => !vendor).length,
    issueCount: issues.length,
    issues: issues.sort((a, b) => a.line - b.line).slice(0, shownIssues),
    sample: sound.slice(0, shownDocuments).map(sampleOf),
  }
}

async function ownVendor(db: Tx, asker: Asker, vendorId: string): Promise<KnownVendor> {
  await mayWrite(db, asker, vendorId)
  const { name } = await db.selectFrom('vendors').select('name').where('portal_id', '=', asker.portal.id).where('vendor_id', '=', vendorId).executeTakeFirstOrThrow()
  return { vendorId, name }
}

function sampleOf({ vendor, rows }: Group): FileReport['sample'][number] {
  const [first] = rows
  const currency = first!.currency
  const minors = rows.map(({ order, invoice }) => invoice ? invoice.netMinor : order && order.unitPrice !== null ? toMinor(order.quantity * order.unitPrice, currency) : null)
  const priced = minors.filter(minor => minor !== null)
  return { vendorName: vendor.name, number: first!.number, day: first!.day, lineCount: rows.length, amount: priced.length > 0 ? { minor: priced.reduce((sum, minor) => sum + minor, 0), currency } : null }
}

interface Writing extends Pick<PurchasingDeps, 'onInvoice'> {
  readonly asker: Asker
  readonly kind: FileKind
  readonly now: Date
  readonly orderLines: ReadonlyMap<string, readonly KnownOrderLine[]>
}

async function write(tx: Tx, { asker, kind, now, orderLines, onInvoice }: Writing, { key, vendor, rows }: Group): Promise<void> {
  const source = { origin: 'csv' as const, sourceKey: `csv:${kind}:${key}` }
  const first = rows[0]!
  const { number, day, currency } = first
  const linesOf = (row: DocumentRow) => row.orderNumber === null ? [] : orderLines.get(documentKey(vendor.vendorId, row.orderNumber)) ?? []
  if (kind === 'orders') {
    const { category, department } = first
    await insertOrder(tx, asker, vendor.vendorId, { number, orderedOn: day, currency, status: 'confirmed', dealId: null, department, category, note: null, lines: rows.flatMap(({ order }) => order ?? []) }, now, source)
  }
  else if (kind === 'receipts') {
    const lines = rows.flatMap(row => row.receipt ? [{ ...row.receipt, orderLineId: orderLineOf(linesOf(row), row.receipt.itemCode, row.receipt.itemName) }] : [])
    await insertReceipt(tx, asker, vendor.vendorId, { number, receivedOn: day, note: null, lines }, now, source)
  }
  else {
    const lines = rows.flatMap(row => row.invoice ? [{ ...row.invoice, orderLineId: orderLineOf(linesOf(row), row.invoice.itemCode, row.invoice.description) }] : [])
    // What the file says of tax goes before what the rates make of it.
    const rated = rows.filter(row => row.taxMinor === null).flatMap(row => row.invoice ?? [])
    const taxMinor = rows.reduce((sum, row) => sum + (row.taxMinor ?? 0), chargedTaxOf(rated))
    const invoiceId = await insertInvoice(tx, asker, vendor.vendorId, {
      kind: first.isCredit ? 'credit_note' : 'invoice', number, issuedOn: day, dueOn: first.dueOn, receivedOn: null, currency, taxMinor, dueMinor: null, status: 'registered',
      iban: first.iban, paymentReference: first.paymentReference, orderId: linesOf(first)[0]?.orderId ?? null, creditedInvoiceId: null, dealId: null, note: null, lines,
    }, now, source)
    await onInvoice?.(tx, { portalId: asker.portal.id, invoiceId, isDeleted: false })
  }
}
