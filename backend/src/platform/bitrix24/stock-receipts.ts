import type { CrmClient } from './client.ts'
import { rowsUnder } from './php-query.ts'

/** A conducted stock receipt of the portal, in our spelling. */
export interface StockReceipt {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly conductedAt: Date | null
  /** Company of the CRM it came from; null for none and for a contact. */
  readonly companyId: number | null
  readonly lines: readonly { readonly productId: number, readonly quantity: number }[]
}

const pageSize = 50
const company = 4

/** Receipts (A) and stock adjustments (S) that are conducted, in ascending order of id, page by page. */
export async function* readStockReceipts(crm: CrmClient, isKnown: (ids: readonly number[]) => Promise<ReadonlySet<number>>): AsyncGenerator<{ read: number, fresh: readonly StockReceipt[] }> {
  for (let after = 0; ;) {
    const { result } = await crm.call('catalog.document.list', {
      select: ['id', 'docNumber', 'title', 'dateDocument', 'dateStatus', 'docType'], filter: { '@docType': ['A', 'S'], 'status': 'Y', '>id': after }, order: { id: 'ASC' },
    })
    const documents = rowsUnder(result, 'documents') ?? []
    const ids = documents.map(row => Number(row.id)).filter(id => id > after)
    const known = await isKnown(ids)
    const fresh = documents.filter(row => Number(row.id) > after && !known.has(Number(row.id)))
    yield { read: ids.length, fresh: fresh.length === 0 ? [] : await withLines(crm, fresh) }
    if (documents.length < pageSize || ids.length === 0)
      return
    after = Math.max(...ids)
  }
}

async function withLines(crm: CrmClient, documents: readonly Record<string, unknown>[]): Promise<StockReceipt[]> {
  const ids = documents.map(row => Number(row.id))
  const [elements, contractors] = [
    await readAll(crm, 'catalog.document.element.list', 'documentElements', { select: ['id', 'docId', 'elementId', 'amount'], filter: { '@docId': ids } }),
    await readAll(crm, 'catalog.documentcontractor.list', 'documentContractor', { filter: { '@documentId': ids } }),
  ]
  return documents.map((row) => {
    const id = Number(row.id)
    const contractor = contractors.find(one => Number(one.documentId) === id && Number(one.entityTypeId) === company)
    const at = new Date(String(row.dateDocument ?? row.dateStatus ?? ''))
    return {
      id,
      number: String(row.docNumber ?? '').trim() || String(id),
      title: String(row.title ?? ''),
      conductedAt: Number.isNaN(at.getTime()) ? null : at,
      companyId: contractor ? Number(contractor.entityId) : null,
      lines: elements.filter(one => Number(one.docId) === id && Number(one.amount) > 0).map(one => ({ productId: Number(one.elementId), quantity: Number(one.amount) })),
    }
  })
}

async function readAll(crm: CrmClient, method: string, rowsIn: string, { select, filter }: { select?: readonly string[], filter: Record<string, unknown> }): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for (let after = 0; ;) {
    const { result } = await crm.call(method, { ...select && { select }, filter: { ...filter, '>id': after }, order: { id: 'ASC' } })
    const page = (rowsUnder(result, rowsIn) ?? []).filter(row => Number(row.id) > after)
    rows.push(...page)
    if (page.length < pageSize)
      return rows
    after = Math.max(...page.map(row => Number(row.id)))
  }
}
