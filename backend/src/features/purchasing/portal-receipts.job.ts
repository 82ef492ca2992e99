import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { systemOnlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findVendorsOfCompanies, isWrittenMeanwhile, knownReceiptIds, productNames, saveReading, sourceKeyOf, type ReceiptReading } from './portal-receipts.postgres.ts'
import { insertReceipt } from './receipts.postgres.ts'

/** As the platform reads it from the host. */
export interface PortalReceipt {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly conductedAt: Date | null
  readonly companyId: number | null
  readonly lines: readonly { readonly productId: number, readonly quantity: number }[]
}

export interface PortalReceiptDeps {
  readonly db: Database
  readonly now: () => Date
  readonly read: (portalId: number, isKnown: (ids: readonly number[]) => Promise<ReadonlySet<number>>) => AsyncGenerator<{ read: number, fresh: readonly PortalReceipt[] }>
}

export const neededScope = 'catalog'

/**
 * Stock receipts of the portal become receipts of their vendors, each once. One whose contractor is no vendor stays out and is counted.
 * @throws AppError purchasing.no_catalog
 */
export async function readPortalReceipts(deps: PortalReceiptDeps, portal: PortalRecord): Promise<ReceiptReading> {
  const { db, now } = deps
  if (!portal.scope.includes(neededScope))
    throw new AppError('purchasing.no_catalog')
  const sums = { readCount: 0, createdCount: 0, knownCount: 0, withoutVendorCount: 0 }
  try {
    for await (const { read, fresh } of deps.read(portal.id, ids => knownReceiptIds(db, portal.id, ids))) {
      const { created, known } = await writeReceipts(deps, portal, fresh)
      sums.readCount += read
      sums.knownCount += read - fresh.length + known
      sums.createdCount += created
      sums.withoutVendorCount += fresh.length - created - known
    }
  }
  catch (error) {
    await saveReading(db, portal.id, { readAt: now(), ...sums, errorCode: error instanceof AppError ? error.code : 'internal' })
    throw error
  }
  return saveReading(db, portal.id, { readAt: now(), ...sums, errorCode: null })
}

async function writeReceipts({ db, now }: PortalReceiptDeps, portal: PortalRecord, receipts: readonly PortalReceipt[]): Promise<{ created: number, known: number }> {
  const [vendorOf, names] = await Promise.all([
    findVendorsOfCompanies(db, portal.id, receipts.flatMap(({ companyId }) => companyId ?? [])),
    productNames(db, portal.id, receipts.flatMap(({ lines }) => lines.map(({ productId }) => productId))),
  ])
  let [created, known] = [0, 0]
  for (const receipt of receipts) {
    const vendorId = receipt.companyId === null ? undefined : vendorOf.get(receipt.companyId)
    if (vendorId === undefined || receipt.lines.length === 0)
      continue
    const isNew = await db.transaction().execute(async (tx) => {
      if (await isWrittenMeanwhile(tx, portal.id, receipt.id))
        return false
      await insertReceipt(tx, { portal, viewer: systemOnlooker(portal).viewer }, vendorId, {
        number: receipt.number,
        receivedOn: dayAt(receipt.conductedAt ?? now(), portal.timeZone),
        note: receipt.title || null,
        lines: receipt.lines.map(({ productId, quantity }) => ({
          orderLineId: null, itemCode: `B24-${productId}`, itemName: names.get(productId) ?? null, quantity, rejectedQuantity: 0, rejectReason: null,
        })),
      }, now(), { origin: 'crm', sourceKey: sourceKeyOf(receipt.id) })
      return true
    })
    if (isNew)
      created++
    else
      known++
  }
  return { created, known }
}
