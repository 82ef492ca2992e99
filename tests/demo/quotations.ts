import { addDays } from '@comptoir/shared/insights/calendar'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Round, RoundRow } from '@comptoir/shared/purchasing/quotation.contract'
import { call } from './install.ts'

/** Unit prices by line, shipping, days to deliver and to pay; a vendor without an offer is still awaited. */
const offers = [
  { name: 'Cartonnages de l’Ouest', prices: [0.86, 1.42, 0.118], shippingMinor: 0, leadTimeDays: 12, paymentTermDays: 45, terms: 'Franco de port' },
  { name: 'Imprimerie Delmas', prices: [0.92, 1.31, 0.109], shippingMinor: 65_00, leadTimeDays: 8, paymentTermDays: 30, terms: 'Départ usine' },
  { name: 'Bureautique Occitane', prices: [0.89, null, 0.127], shippingMinor: 40_00, leadTimeDays: 5, paymentTermDays: 30, terms: null },
  { name: 'Transports Kervella', prices: null },
] as const

/** Four vendors were asked the same; left alone once there is a round. */
export async function furnishQuotations(appUrl: string, session: Session, now: Date): Promise<void> {
  if (((await call(appUrl, session, 'GET', '/api/quotation-rounds')) as RoundRow[]).length > 0)
    return
  const today = now.toISOString().slice(0, 10)
  const { vendors } = await call(appUrl, session, 'GET', '/api/vendors?limit=100') as { vendors: readonly { vendorId: string, name: string }[] }
  const asked = offers.flatMap(offer => vendors.filter(({ name }) => name === offer.name).map(({ vendorId }) => ({ ...offer, vendorId })))
  if (asked.length === 0)
    return
  const round = await call(appUrl, session, 'POST', '/api/quotation-rounds', {
    title: 'Emballages du premier semestre', currency: 'EUR', openedOn: addDays(today, -9), closesOn: addDays(today, 6), note: null, vendorIds: asked.map(({ vendorId }) => vendorId),
    items: [
      { itemCode: 'CT-40', itemName: 'Carton double cannelure 40 × 30', unit: 'pce', quantity: 1200 }, { itemCode: 'CT-60', itemName: 'Carton double cannelure 60 × 40', unit: 'pce', quantity: 800 },
      { itemCode: 'ET-A6', itemName: 'Étiquette A6 adhésive', unit: 'pce', quantity: 5000 },
    ],
  }) as Round
  for (const offer of asked) {
    if (offer.prices === null)
      continue
    const { prices, vendorId, shippingMinor, leadTimeDays, paymentTermDays, terms } = offer
    await call(appUrl, session, 'PUT', `/api/quotation-rounds/${round.roundId}/quotations/${vendorId}`, {
      number: null, receivedOn: addDays(today, -4), validUntil: addDays(today, 60), currency: 'EUR', leadTimeDays, paymentTermDays, terms, shippingMinor, isDeclined: false,
      lines: round.items.map(({ itemId }, at) => ({ itemId, unitPrice: prices[at] ?? null, leadTimeDays: null })),
    })
  }
}
