import { attributeApi, type AttributeDefinition, type VendorAttributes } from '@comptoir/shared/attributes/attribute.contract'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { VendorPage } from '@comptoir/shared/vendors/vendor.contract'
import { call } from './install.ts'

const asked = [
  { kind: 'choice', label: 'Certification', options: ['Aucune', 'ISO 9001', 'ISO 14001'], group: 'identity', requiredFrom: 'active' },
  { kind: 'number', label: 'Délai de livraison habituel (jours)', options: [], group: 'identity', requiredFrom: 'never' },
  { kind: 'yesNo', label: 'Remise annuelle négociée', options: [], group: 'prices', requiredFrom: 'never' },
] as const

const known: Readonly<Record<string, { supplies: string[], tags: string[], values: (string | number | boolean)[] }>> = {
  'Bureautique Occitane': { supplies: ['Fournitures de bureau', 'Imprimantes', 'Maintenance'], tags: ['local'], values: ['ISO 9001', 3, true] },
  'Transports Kervella': { supplies: ['Transport routier', 'Messagerie'], tags: ['prioritaire'], values: ['Aucune', 2, false] },
  'Cartonnages de l’Ouest': { supplies: ['Cartons', 'Palettes', 'Calage'], tags: ['local', 'prioritaire'], values: ['ISO 14001', 5, true] },
}

const trades: Readonly<Record<string, { category: string, city: string }>> = {
  'Imprimerie Delmas': { category: 'Communication', city: 'Lyon' },
  'Transports Kervella': { category: 'Transport', city: 'Rennes' },
  'Ateliers Bréchet': { category: 'Production', city: 'Grenoble' },
  'Composants du Rhin': { category: 'Production', city: 'Strasbourg' },
  'Nettoyage Lumière': { category: 'Services généraux', city: 'Paris' },
  'Cartonnages de l’Ouest': { category: 'Emballage', city: 'Nantes' },
  'Optima Maintenance': { category: 'Informatique', city: 'Lille' },
  'Hexagone Télécom': { category: 'Informatique', city: 'Paris' },
  'Bureautique Occitane': { category: 'Fournitures', city: 'Toulouse' },
  'Fonderie Vasseur': { category: 'Production', city: 'Lille' },
  'Traiteur Maison Roux': { category: 'Services généraux', city: 'Marseille' },
  'Cabinet Aubert Conseil': { category: 'Conseil', city: 'Bordeaux' },
}

/** What each vendor does and where: the directory's own columns. */
async function nameTrades(appUrl: string, session: Session): Promise<void> {
  const { vendors } = await call(appUrl, session, 'GET', '/api/vendors?limit=100') as VendorPage
  for (const { vendorId, name, category } of vendors) {
    const fields = trades[name]
    if (!fields || category !== null)
      continue
    const { vendor } = await call(appUrl, session, 'GET', `/api/vendors/${vendorId}`) as { vendor: Vendor }
    await call(appUrl, session, 'PATCH', `/api/vendors/${vendorId}`, { version: vendor.version, fields })
  }
}

/** What the demo's purchasing department wants to know of its vendors, and what it knows of three of them. */
export async function furnishAttributes(appUrl: string, session: Session): Promise<void> {
  let definitions: AttributeDefinition[] = await call(appUrl, session, 'GET', attributeApi.definitions.path) as AttributeDefinition[]
  if (definitions.length > 0)
    return
  await nameTrades(appUrl, session)
  for (const one of asked)
    definitions = await call(appUrl, session, 'POST', attributeApi.add.path, one) as AttributeDefinition[]
  for (const [name, { supplies, tags, values }] of Object.entries(known)) {
    const { vendors } = await call(appUrl, session, 'GET', `/api/vendors?search=${encodeURIComponent(name)}`) as VendorPage
    const vendorId = vendors.find(vendor => vendor.name === name)?.vendorId
    if (!vendorId)
      continue
    const url = `/api/vendors/${vendorId}/attributes`
    const { version } = await call(appUrl, session, 'GET', url) as VendorAttributes
    await call(appUrl, session, 'PATCH', url, {
      version, supplies, tags, values: Object.fromEntries(definitions.map(({ attributeId }, index) => [attributeId, values[index]])),
    })
  }
}
