/** An amount in the currency's minor unit (cents for EUR, yen for JPY). Never a float of major units. */
export interface Money {
  readonly minor: number
  readonly currency: string
}

const exponents = new Map<string, number>()

/** Decimal places of a currency by ISO 4217, as the runtime's own tables know it; 2 when unknown. */
export function currencyExponent(currency: string): number {
  const known = exponents.get(currency)
  if (known !== undefined)
    return known
  let exponent = 2
  try {
    exponent = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  }
  catch {
    // Not a three-letter code: the host allows free currency names.
  }
  exponents.set(currency, exponent)
  return exponent
}

/** Major units to minor units, rounded half away from zero; null when the amount is not a finite number. */
export function toMinor(major: number, currency: string): number | null {
  if (!Number.isFinite(major))
    return null
  const scaled = Math.abs(major) * 10 ** currencyExponent(currency)
  // 1.005 * 100 is 100.49999: one ulp of slack before rounding keeps what the user typed.
  const rounded = Math.round(scaled + Number.EPSILON * scaled)
  return major < 0 ? -rounded || 0 : rounded
}

export const toMajor = (minor: number, currency: string): number => minor / 10 ** currencyExponent(currency)
