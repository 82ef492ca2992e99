import { everyRight } from '@comptoir/shared/access/rights'
import type { DealLink, DealVendors } from '@comptoir/shared/vendors/deal-vendor.contract'
import { dealMargin } from '@comptoir/shared/vendors/deal-margin'
import { dealSupply } from '@comptoir/shared/vendors/deal-supply'
import { monthsBetween } from '@comptoir/shared/vendors/spend-period'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import type { Purchase, VendorSpend } from '@comptoir/shared/vendors/vendor-spend.contract'
import type { CompanyVendor, VendorRow } from '@comptoir/shared/vendors/vendor.contract'

const eur = (minor: number) => ({ minor, currency: 'EUR' })
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const aVendor = (values: Partial<Vendor> = {}): Vendor => ({
  vendorId: idOf(1), companyId: 5, status: 'active', name: 'Papeterie Morel', code: 'F-001', siren: '732829320', siret: null,
  vatNumber: 'FR44732829320', iban: 'FR7630006000011234567890189', bic: null, accountHolder: null, bankProof: null, email: 'contact@morel.example', phone: null, website: null,
  address: null, postalCode: '44000', city: 'Nantes', country: null, category: 'Fournitures', paymentTermDays: 30, notes: null,
  isIbanApproved: true, pendingFields: [], rights: { ...everyRight, groups: [...everyRight.groups] },
  version: 3, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-03-01T10:00:00.000Z', updatedBy: { userId: 7, name: 'Ada Morel' }, ...values,
})

export const aPurchase = (values: Partial<Purchase> = {}): Purchase => ({
  purchaseId: 'p1', spentOn: '2026-03-05', isPeriodGuess: false, amount: eur(125_050), baseAmount: eur(125_050),
  reference: 'FA-12', label: 'Papier A4', category: 'Fournitures', department: null, dealId: null, ...values,
})

export const aSpend = (values: Partial<VendorSpend> = {}): VendorSpend => ({
  period: '12-months', from: '2025-04', to: '2026-03',
  total: { amount: eur(300_000), purchaseCount: 4, unpricedCount: 1 },
  portalTotal: { amount: eur(1_200_000), purchaseCount: 40, unpricedCount: 1 },
  share: 0.25,
  months: monthsBetween('2025-04', '2026-03').map((month, index) => index % 4 === 3
    ? { month, amount: eur(100_000), purchaseCount: 1, unpricedCount: 0 }
    : { month, amount: null, purchaseCount: 0, unpricedCount: 0 }),
  lastPurchaseOn: '2026-03-05', isHidden: false, isWithinRights: false, ...values,
})

export const aCompanyVendor = (values: Partial<CompanyVendor> = {}): CompanyVendor => ({
  companyId: 5,
  company: { companyId: 5, title: 'Papeterie Morel SARL', type: 'Fournisseur', responsible: null, isMarkedVendor: true },
  vendor: aVendor(), spend: aSpend(), latest: [aPurchase()], ...values,
})

export const aLink = (number: number, values: Partial<DealLink> = {}): DealLink => ({
  vendorId: idOf(number), companyId: 10 + number, name: `Fournisseur ${number}`, status: 'active', category: null, currency: 'EUR',
  planned: null, actual: null, purchased: { amount: null, purchaseCount: 0, unpricedCount: 0 }, areCostsHidden: false, canEdit: true, note: null, version: 1, ...values,
})

export const aDeal = (links: readonly DealLink[] = [], amountMinor: number | null = 1_000_000): DealVendors => {
  const amount = amountMinor === null ? null : eur(amountMinor)
  return {
    deal: { dealId: 8, title: 'Rénovation mairie', stage: 'En cours', semantics: 'P', amount, currency: 'EUR', clientId: 30, client: 'Mairie de Nantes' },
    links: [...links],
    isWithinRights: false,
    margins: dealMargin({ amount, currency: 'EUR', links, rates: { EUR: 1 } }),
    supply: { ...dealSupply({ products: [], riskOf: new Map(), currency: 'EUR', rates: { EUR: 1 } }), orders: [] },
  }
}

export const aRow = (number: number, values: Partial<VendorRow> = {}): VendorRow => ({
  vendorId: idOf(number), companyId: null, name: `Fournisseur ${number}`, status: 'active', code: null, siren: null, category: null, city: null,
  spend: null, unpricedCount: 0, isSpendHidden: false, lastPurchaseOn: null, ...values,
})
