import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Order, VendorPurchasing } from '@comptoir/shared/purchasing/purchasing.contract'
import type { InvoiceFields, OrderFields, ReceiptFields } from '@comptoir/shared/purchasing/purchasing-fields'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { suppliers } from '../portal/data/companies.ts'
import { call } from './install.ts'
import { trades, type Trade } from './purchasing-trades.ts'

const dayMs = 86_400_000
const months = 14

/** A share between 0 and 1 without pattern that is the same in every demo. */
function share(...salts: readonly number[]): number {
  let state = 0x2545F491
  for (const salt of salts) {
    state = Math.imul(state ^ (salt + 0x9E3779B9), 0x85EBCA6B)
    state ^= state >>> 15
  }
  return (state >>> 0) / 0x1_0000_0000
}

interface Shop {
  readonly appUrl: string
  readonly session: Session
  readonly vendorId: string
  /** Place of the vendor in the list of suppliers: salts every draw. */
  readonly at: number
  readonly trade: Trade
  /** Nothing in the demo is dated later than yesterday. */
  readonly yesterday: number
}

const written = (moment: number): string => new Date(moment).toISOString().slice(0, 10)
const post = (shop: Pick<Shop, 'appUrl' | 'session'>, path: string, body: unknown): Promise<unknown> => call(shop.appUrl, shop.session, 'POST', path, body)

/** Fourteen months of orders, receipts, invoices and requests of the company's suppliers; left alone once there are any. */
export async function furnishPurchasing(appUrl: string, session: Session, now: Date): Promise<void> {
  const { vendors } = await call(appUrl, session, 'GET', '/api/vendors?limit=100') as { vendors: readonly { vendorId: string, name: string }[] }
  const yesterday = Date.parse(written(now.getTime() - dayMs))
  const shops = suppliers.flatMap(([name], at): Shop[] => {
    const vendorId = vendors.find(vendor => vendor.name === name)?.vendorId
    const trade = trades[at]
    return vendorId && trade ? [{ appUrl, session, vendorId, at, trade, yesterday }] : []
  })
  const first = shops[0]
  if (!first || ((await call(appUrl, session, 'GET', `/api/vendors/${first.vendorId}/purchasing`)) as VendorPurchasing).counts.orders > 0)
    return
  await Promise.all(shops.map(furnishShop))
}

async function furnishShop(shop: Shop): Promise<void> {
  await noteAddress(shop)
  await agreePrices(shop)
  const count = Math.round(months * 30 / shop.trade.everyDays)
  for (let number = 0; number < count; number++) {
    const orderedAt = shop.yesterday - Math.round((count - number - 0.35) * shop.trade.everyDays) * dayMs
    await buy(shop, number, orderedAt)
  }
  await askAround(shop)
}

/** Where late orders are asked after. */
async function noteAddress({ appUrl, session, vendorId, at }: Shop): Promise<void> {
  const { vendor } = await call(appUrl, session, 'GET', `/api/vendors/${vendorId}`) as { vendor: Vendor }
  const domain = vendor.name.normalize('NFD').replace(/[^A-Za-z]+/g, '').toLowerCase()
  if (vendor.email === null && at < suppliers.length - 1)
    await call(appUrl, session, 'PATCH', `/api/vendors/${vendorId}`, { version: vendor.version, fields: { email: `commandes@${domain}.example` } })
}

async function agreePrices({ trade, vendorId, yesterday, ...shop }: Shop): Promise<void> {
  if (!trade.hasContract)
    return
  for (const { code, name, price } of trade.items) {
    await post(shop, `/api/vendors/${vendorId}/contract-prices`, {
      itemCode: code, itemName: name, price, currency: 'EUR', validFrom: written(yesterday - months * 31 * dayMs), validTo: null,
    })
  }
}

/** One purchase from order to invoice, as far as it has come by yesterday. */
async function buy(shop: Shop, number: number, orderedAt: number): Promise<void> {
  const { trade, at, yesterday } = shop
  const promisedAt = orderedAt + trade.leadDays * dayMs
  const order = await post(shop, `/api/vendors/${shop.vendorId}/purchase-orders`, orderOf(shop, number, orderedAt, promisedAt)) as Order
  const isLate = share(at, number, 1) < trade.lateShare
  const delay = isLate ? 2 + Math.floor(share(at, number, 2) * 16) : -Math.floor(share(at, number, 2) * 3)
  const arrivesAt = promisedAt + delay * dayMs
  if (isLate && delay > 5 && promisedAt <= yesterday)
    await post(shop, `/api/purchase-orders/${order.orderId}/promises`, { version: order.version, promisedOn: written(promisedAt + Math.ceil(delay / 2) * dayMs), lineIds: order.lines.map(line => line.lineId) })
  if (arrivesAt > yesterday)
    return
  // Who is often late is often incomplete, too.
  const isSplit = share(at, number, 3) < trade.lateShare / 2 + 0.02
  const rejectedOn = await receive(shop, order, { number, arrivesAt, part: isSplit ? 0.7 : 1, suffix: isSplit ? '-1' : '' })
  const restAt = arrivesAt + (6 + Math.floor(share(at, number, 4) * 9)) * dayMs
  if (isSplit && restAt <= yesterday)
    await receive(shop, order, { number, arrivesAt: restAt, part: 0.3, suffix: '-2' })
  // The rest of a split delivery is invoiced with it, at once: what has not arrived is then found by the match.
  await invoice(shop, order, { number, issuedAt: Math.min(yesterday, arrivesAt + 2 * dayMs), rejected: rejectedOn })
  // What was sent back is credited instead of delivered again: nothing is waited for any more.
  if (rejectedOn.some(quantity => quantity > 0) && arrivesAt < yesterday - 20 * dayMs) {
    const { version } = await call(shop.appUrl, shop.session, 'GET', `/api/purchase-orders/${order.orderId}`) as Order
    await call(shop.appUrl, shop.session, 'PUT', `/api/purchase-orders/${order.orderId}`, { ...order, version, status: 'closed' })
  }
}

function orderOf({ trade, at }: Shop, number: number, orderedAt: number, promisedAt: number): OrderFields {
  const rise = 1 + trade.yearlyRise * number * trade.everyDays / 365
  const items = trade.items.filter((_, item) => item === number % trade.items.length || share(at, number, 10 + item) < 0.45)
  return {
    number: `CF${written(orderedAt).slice(2, 4)}-${String(at + 1).padStart(2, '0')}${String(number + 1).padStart(3, '0')}`,
    orderedOn: written(orderedAt),
    currency: 'EUR',
    status: 'confirmed',
    dealId: null,
    department: trade.department,
    category: trade.category,
    note: null,
    lines: items.map((item, place) => ({
      itemCode: item.code,
      itemName: item.name,
      unit: item.unit,
      quantity: Math.max(1, Math.round(item.quantity * (0.7 + share(at, number, 20 + place) * 0.6))),
      unitPrice: Math.round(item.price * rise * 100) / 100,
      requestedOn: written(promisedAt - Math.floor(share(at, number, 5) * 4) * dayMs),
      promisedOn: written(promisedAt),
      isCancelled: false,
    })),
  }
}

interface Arrival { readonly number: number, readonly arrivesAt: number, readonly part: number, readonly suffix: string }

/** Answers how much of each line was sent back. */
async function receive(shop: Shop, order: Order, { number, arrivesAt, part, suffix }: Arrival): Promise<number[]> {
  const { trade, at } = shop
  const isBad = share(at, number, 6) < trade.rejectShare
  const lines: ReceiptFields['lines'] = order.lines.map((line, place) => {
    const first = Math.max(1, Math.floor(line.quantity * 0.7))
    const quantity = part === 1 ? line.quantity : part === 0.7 ? first : line.quantity - first
    const rejectedQuantity = isBad && place === 0 && part !== 0.3 ? Math.min(quantity, Math.max(1, Math.round(quantity * (0.02 + share(at, number, 7) * 0.08)))) : 0
    return { orderLineId: line.lineId, itemCode: null, itemName: null, quantity, rejectedQuantity, rejectReason: rejectedQuantity > 0 ? trade.rejectReason : null }
  }).filter(line => line.quantity > 0)
  if (lines.length > 0)
    await post(shop, `/api/vendors/${shop.vendorId}/goods-receipts`, { number: `BL-${order.number.slice(2)}${suffix}`, receivedOn: written(arrivesAt), note: null, lines } satisfies ReceiptFields)
  return order.lines.map(line => lines.find(({ orderLineId }) => orderLineId === line.lineId)?.rejectedQuantity ?? 0)
}

async function invoice(shop: Shop, order: Order, { number, issuedAt, rejected }: { number: number, issuedAt: number, rejected: readonly number[] }): Promise<void> {
  const { trade, at, yesterday } = shop
  const isDearer = share(at, number, 8) < trade.overpriceShare
  const lines = order.lines.map(line => invoiceLine(line, line.quantity, isDearer ? 1.04 : 1))
  const fields = { number: `${trade.invoicePrefix}${written(issuedAt).slice(0, 4)}-${String(1000 + at * 37 + number)}`, issuedAt, lines, orderId: order.orderId, termDays: trade.termDays }
  const { invoiceId } = await post(shop, `/api/vendors/${shop.vendorId}/vendor-invoices`, invoiceOf({ ...fields, kind: 'invoice', creditedInvoiceId: null })) as { invoiceId: string }
  const creditedAt = issuedAt + 12 * dayMs
  const credits = order.lines.flatMap((line, place) => rejected[place]! > 0 ? [invoiceLine(line, rejected[place]!, 1)] : [])
  if (credits.length > 0 && creditedAt <= yesterday)
    await post(shop, `/api/vendors/${shop.vendorId}/vendor-invoices`, invoiceOf({ ...fields, number: `AV-${fields.number}`, issuedAt: creditedAt, lines: credits, kind: 'credit_note', creditedInvoiceId: invoiceId }))
}

const invoiceLine = (line: Order['lines'][number], quantity: number, factor: number): InvoiceFields['lines'][number] => ({
  orderLineId: line.lineId, itemCode: line.itemCode, description: line.itemName, quantity, netMinor: Math.round(quantity * (line.unitPrice ?? 0) * factor * 100),
  taxRate: 20, taxCategory: 'S', account: null, category: null,
})

function invoiceOf({ issuedAt, termDays, ...fields }: Pick<InvoiceFields, 'kind' | 'number' | 'lines' | 'orderId' | 'creditedInvoiceId'> & { issuedAt: number, termDays: number }): InvoiceFields {
  const net = fields.lines.reduce((sum, line) => sum + line.netMinor, 0)
  return {
    ...fields,
    issuedOn: written(issuedAt), dueOn: written(issuedAt + termDays * dayMs), receivedOn: written(issuedAt), currency: 'EUR', taxMinor: Math.round(net * 0.2), dueMinor: null,
    status: 'registered', iban: null, paymentReference: null, dealId: null, note: null,
  }
}

const subjects = ['Délai de livraison', 'Demande de devis', 'Attestation à jour', 'Écart sur facture', 'Disponibilité en urgence', 'Fiche technique']

async function askAround(shop: Shop): Promise<void> {
  for (const [number, subject] of subjects.entries()) {
    const sentAt = workday(shop.yesterday - Math.round((number + 0.3 + share(shop.at, number, 30)) * 60) * dayMs) + 9 * 3_600_000
    const hours = shop.trade.answerHours * (0.4 + share(shop.at, number, 31) * 1.4)
    const isAnswered = share(shop.at, number, 32) > 0.08
    await post(shop, `/api/vendors/${shop.vendorId}/requests`, {
      subject, sentAt: new Date(sentAt).toISOString(), answeredAt: isAnswered ? new Date(sentAt + hours * 3_600_000).toISOString() : null, slaHours: null, note: null,
    })
  }
}

/** Nobody asks on a Sunday. */
const workday = (moment: number): number => {
  const weekday = new Date(moment).getUTCDay()
  return moment - (weekday === 0 ? 2 : weekday === 6 ? 1 : 0) * dayMs
}
