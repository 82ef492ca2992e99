import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import { productRow } from '../portal/data/deal-companions.ts'
import type { Portal } from '../portal/state.ts'
import { call } from './install.ts'

const dayMs = 86_400_000
const written = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

const supplied = [['Fonderie Vasseur', 0.58, -6], ['Composants du Rhin', 0.71, 12], ['Ateliers Bréchet', 0.64, -2]] as const
/** Beside the main product: a part with an agreed price, and work that nobody has priced. */
const besides = [[901, 'Carte de commande', 128, 4], [902, 'Mise en service sur site', 640, 1]] as const
const besidesTotal = besides.reduce((sum, [, , price, quantity]) => sum + price * quantity, 0)

/** The newest deals of known clients that are worth a look, as many as have a supplier here: they stand on the first page of the list. */
export function suppliedDeals({ crm }: Portal): number[] {
  const deals = crm.items(2)!
  const found: number[] = []
  for (const id of deals.ids({ descending: true })) {
    if (Number(deals.value(id, 'opportunity')) >= 2 * besidesTotal && Number(deals.value(id, 'companyId')) > 0 && found.push(id) === supplied.length)
      break
  }
  return found
}

/** The first of them sells more than one thing, and its products add up to its amount. */
export function addDealProducts(portal: Portal): void {
  const { productRows } = portal.crm
  const [dealId] = suppliedDeals(portal)
  const main = dealId === undefined ? undefined : productRows.get(dealId)
  if (dealId === undefined || !main || [...productRows.kept()].some(row => row.ownerId === dealId))
    return
  const amount = Number(portal.crm.items(2)!.value(dealId, 'opportunity'))
  productRows.replace(productRow(main.id, { ownerId: dealId, ownerType: 'D', productId: Number(main.productId), productName: String(main.productName), price: amount - besidesTotal, quantity: 1 }))
  for (const [productId, productName, price, quantity] of besides)
    productRows.insert({ ...productRow(0, { ownerId: dealId, ownerType: 'D', productId, productName, price, quantity }), id: undefined })
}

/** What three deals sell is ordered for them: one delivery is late, one is awaited, one has been promised anew. */
export async function furnishDealOrders({ appUrl, session, portal, now }: { appUrl: string, session: Session, portal: Portal, now: Date }): Promise<void> {
  const { vendors } = await call(appUrl, session, 'GET', '/api/vendors?limit=100') as { vendors: readonly { vendorId: string, name: string }[] }
  const today = Date.parse(written(now.getTime()))
  for (const [at, dealId] of suppliedDeals(portal).entries()) {
    const [name, share, promisedIn] = supplied[at]!
    const sold = portal.crm.productRows.get(dealId)
    const vendorId = vendors.find(vendor => vendor.name === name)?.vendorId
    if (!sold || !vendorId)
      continue
    const { deal, supply } = await call(appUrl, session, 'GET', `/api/deals/${dealId}/vendors`) as DealVendors
    if (supply.orders.length > 0)
      continue
    const [quantity, price] = [Number(sold.quantity), Math.round(Number(sold.price) * share * 100) / 100]
    await call(appUrl, session, 'POST', `/api/vendors/${vendorId}/purchase-orders`, {
      number: `CF-AFF-${dealId}`, orderedOn: written(today - 24 * dayMs), currency: deal.currency, status: 'confirmed', dealId, department: 'Production', category: 'Matières', note: null,
      lines: [{
        itemCode: `B24-${Number(sold.productId)}`, itemName: String(sold.productName), unit: 'pce', quantity, unitPrice: price,
        requestedOn: written(today + promisedIn * dayMs), promisedOn: written(today + promisedIn * dayMs), isCancelled: false,
      }],
    })
    await call(appUrl, session, 'POST', `/api/deals/${dealId}/vendors`, { vendorId, currency: deal.currency, plannedMinor: Math.round(quantity * price * 100), actualMinor: null, note: null })
    // What comes at an agreed price is planned at it.
    for (const product of supply.products.filter(({ source, vendorId: other }) => source === 'contract' && other !== vendorId))
      await call(appUrl, session, 'POST', `/api/deals/${dealId}/vendors`, { vendorId: product.vendorId, currency: deal.currency, plannedMinor: product.cost?.minor ?? null, actualMinor: null, note: null })
  }
}
