import { Type, type Static } from 'typebox'
import { NullableInteger, NullableNumber, NullableText } from '../http/nullable.ts'
import { invoiceKinds } from './purchasing-fields.ts'

export const EInvoiceLine = Type.Object({
  lineId: Type.String(),
  itemCode: NullableText(),
  name: Type.String(),
  quantity: Type.Number(),
  unit: NullableText(),
  netMinor: Type.Integer(),
  taxCategory: NullableText(),
  taxRate: NullableNumber(),
  orderReference: NullableText(),
})
export type EInvoiceLine = Static<typeof EInvoiceLine>

const Adjustment = Type.Object({
  isCharge: Type.Boolean(), reason: NullableText(), amountMinor: Type.Integer(), taxCategory: NullableText(), taxRate: NullableNumber(),
})
const Tax = Type.Object({ category: NullableText(), rate: NullableNumber(), basisMinor: Type.Integer(), taxMinor: Type.Integer() })

/** As the document states them, in minor units of its currency. Null: not stated. */
export const EInvoiceTotals = Type.Object({
  lineTotal: NullableInteger(),
  allowances: NullableInteger(),
  charges: NullableInteger(),
  taxBasis: NullableInteger(),
  tax: NullableInteger(),
  grandTotal: NullableInteger(),
  prepaid: NullableInteger(),
  rounding: NullableInteger(),
  due: NullableInteger(),
})
export type EInvoiceTotals = Static<typeof EInvoiceTotals>

/** An invoice of EN 16931, whichever syntax it was written in. */
export const EInvoice = Type.Object({
  syntax: Type.Enum(['cii', 'ubl']),
  profile: Type.String(),
  number: Type.String(),
  typeCode: Type.String(),
  kind: Type.Enum([...invoiceKinds]),
  issuedOn: Type.String(),
  dueOn: NullableText(),
  currency: Type.String(),
  seller: Type.Object({ name: NullableText(), siren: NullableText(), siret: NullableText(), vatNumber: NullableText(), country: NullableText() }),
  payment: Type.Object({ means: NullableText(), iban: NullableText(), bic: NullableText(), reference: NullableText(), terms: NullableText() }),
  orderReference: NullableText(),
  /** The invoice that this one credits or corrects. */
  precedingReference: NullableText(),
  lines: Type.Array(EInvoiceLine),
  adjustments: Type.Array(Adjustment),
  taxes: Type.Array(Tax),
  totals: EInvoiceTotals,
})
export type EInvoice = Static<typeof EInvoice>

export const totalRules = ['BR-CO-10', 'BR-CO-11', 'BR-CO-12', 'BR-CO-13', 'BR-CO-14', 'BR-CO-15', 'BR-CO-16', 'BR-CO-17'] as const
export type TotalRule = (typeof totalRules)[number]
export interface TotalFault { readonly rule: TotalRule, readonly statedMinor: number, readonly computedMinor: number }

/** Where the document's own figures do not add up, by the rules of EN 16931. What is not stated is not judged. */
export function checkTotals({ lines, adjustments, taxes, totals }: EInvoice): TotalFault[] {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const of = (isCharge: boolean): number => sum(adjustments.filter(one => one.isCharge === isCharge).map(one => one.amountMinor))
  const faults: TotalFault[] = []
  const compare = (rule: TotalRule, stated: number | null, computed: number | null, slack = 0): void => {
    if (stated !== null && computed !== null && Math.abs(stated - computed) > slack)
      faults.push({ rule, statedMinor: stated, computedMinor: computed })
  }
  const lineTotal = totals.lineTotal ?? (lines.length > 0 ? sum(lines.map(line => line.netMinor)) : null)
  const basis = totals.taxBasis
  // A profile without lines states its totals alone.
  compare('BR-CO-10', totals.lineTotal, lines.length > 0 ? sum(lines.map(line => line.netMinor)) : null)
  compare('BR-CO-11', totals.allowances, adjustments.length > 0 || lines.length > 0 ? of(false) : null)
  compare('BR-CO-12', totals.charges, adjustments.length > 0 || lines.length > 0 ? of(true) : null)
  compare('BR-CO-13', basis, lineTotal === null ? null : lineTotal - (totals.allowances ?? 0) + (totals.charges ?? 0))
  compare('BR-CO-14', totals.tax, taxes.length > 0 ? sum(taxes.map(tax => tax.taxMinor)) : null)
  compare('BR-CO-15', totals.grandTotal, basis === null ? null : basis + (totals.tax ?? 0))
  compare('BR-CO-16', totals.due, totals.grandTotal === null ? null : totals.grandTotal - (totals.prepaid ?? 0) + (totals.rounding ?? 0))
  for (const { rate, basisMinor, taxMinor } of taxes) {
    // Rounded by line or by total: both are in use.
    if (rate !== null)
      compare('BR-CO-17', taxMinor, Math.round(basisMinor * rate / 100), Math.max(1, lines.length))
  }
  return faults
}
