/**
 * Countries whose accounts can be reached by a SEPA credit transfer, by the code an IBAN starts with: the EU, the EEA
 * and those that joined beside it. The SEPA zone is not the EU, and not the euro area. Territories without an IBAN
 * code of their own (Guadeloupe, Jersey, Åland…) use their country's.
 */
const inEea = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT',
  'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
  'IS', 'LI', 'NO',
]
const besideEea = ['AD', 'AL', 'CH', 'GB', 'GI', 'MC', 'MD', 'ME', 'MK', 'RS', 'SM', 'VA']
export const sepaCountries: ReadonlySet<string> = new Set([...inEea, ...besideEea])

/** Inside the EEA the IBAN alone leads to the bank; banks may ask for the BIC of the others. */
export const wantsBic = (iban: string): boolean => besideEea.includes(iban.slice(0, 2))

export const isSepaIban = (iban: string): boolean => sepaCountries.has(iban.slice(0, 2))
