import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import { toMajor } from '@comptoir/shared/money'
import type { OrderLineFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Quotation, Round } from '@comptoir/shared/purchasing/quotation.contract'
import type { Tx } from '../../../platform/storage/database.ts'
import type { Asker } from '../document-access.postgres.ts'
import { recordNew } from '../document-history.postgres.ts'
import { insertOrder } from '../order-writes.postgres.ts'

const shippingNames = { fr: 'Frais de port', en: 'Shipping' } as const

/** What was awarded becomes one draft order a vendor, at the prices quoted; a second time there is nothing left to do. */
export async function orderAwarded(tx: Tx, asker: Asker, round: Round, now: Date): Promise<{ vendorName: string }[]> {
  // Who asks at the same moment waits, and then finds the orders.
  await tx.selectFrom('quotation_rounds').select('round_id').where('portal_id', '=', asker.portal.id).where('round_id', '=', round.roundId).forUpdate().execute()
  const made: { vendorName: string }[] = []
  for (const quotation of round.quotations) {
    const items = round.items.filter(({ awardedVendorId }) => awardedVendorId === quotation.vendorId)
    const sourceKey = `quotation:${round.roundId}:${quotation.vendorId}`
    if (items.length === 0 || await isOrdered(tx, asker, sourceKey))
      continue
    const orderId = await insertOrder(tx, asker, quotation.vendorId, {
      number: round.title, orderedOn: dayAt(now, asker.portal.timeZone), currency: quotation.currency, status: 'draft',
      dealId: null, department: null, category: null, note: quotation.terms, lines: linesOf(items, quotation, asker, now),
    }, now, { origin: 'person', sourceKey })
    await recordNew(tx, asker, 'purchase_orders', orderId, now)
    made.push({ vendorName: quotation.vendorName })
  }
  return made
}

const isOrdered = async (tx: Tx, { portal }: Asker, sourceKey: string): Promise<boolean> =>
  await tx.selectFrom('purchase_orders').select('order_id').where('portal_id', '=', portal.id).where('source_key', '=', sourceKey).executeTakeFirst() !== undefined

function linesOf(items: Round['items'], quotation: Quotation, { portal }: Asker, now: Date): OrderLineFields[] {
  const today = dayAt(now, portal.timeZone)
  const lines = items.map(({ itemId, itemCode, itemName, unit, quantity }): OrderLineFields => {
    const quoted = quotation.lines.find(line => line.itemId === itemId)
    const leadTimeDays = quoted?.leadTimeDays ?? quotation.leadTimeDays
    return {
      lineId: null, itemCode, itemName, unit, quantity, unitPrice: quoted?.unitPrice ?? null,
      requestedOn: leadTimeDays === null ? null : addDays(today, leadTimeDays), promisedOn: null, isCancelled: false,
    }
  })
  return quotation.shippingMinor
    ? [...lines, {
        lineId: null, itemCode: null, itemName: shippingNames[portal.language === 'fr' ? 'fr' : 'en'], unit: null, quantity: 1,
        unitPrice: toMajor(quotation.shippingMinor, quotation.currency), requestedOn: null, promisedOn: null, isCancelled: false,
      }]
    : lines
}
