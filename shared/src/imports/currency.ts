const bySign: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '$': 'USD', '¥': 'JPY' }
const byWord: Readonly<Record<string, string>> = {
  'euro': 'EUR', 'euros': 'EUR', 'livre sterling': 'GBP', 'livres sterling': 'GBP', 'pound': 'GBP', 'pounds': 'GBP', 'dollar': 'USD', 'dollars': 'USD',
  'franc suisse': 'CHF', 'francs suisses': 'CHF', 'yen': 'JPY', 'us$': 'USD', 'dirham': 'MAD', 'dirhams': 'MAD',
}
const dollars = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'])

let known: ReadonlySet<string> | null = null
const knownCodes = (): ReadonlySet<string> => known ??= new Set(Intl.supportedValuesOf('currency'))

/** Three capitals beside a figure are a currency only when there is one of that name: "INV1" is no amount. */
export const isCurrencyCode = (text: string): boolean => knownCodes().has(text)

/** A currency's code from a code, a sign or a word; a bare dollar is the file's own dollar. Null when it is none. */
export function readCurrency(text: string, fileCurrency: string): string | null {
  const cell = text.trim()
  if (cell === '$' || cell === 'USD')
    return cell === '$' && dollars.has(fileCurrency) ? fileCurrency : 'USD'
  const code = bySign[cell] ?? byWord[cell.toLowerCase()] ?? cell.toUpperCase()
  return code === fileCurrency || knownCodes().has(code) ? code : null
}

/** The currency a header or a title names: "Montant (EUR)", "Amount £", "Montants en euros". */
export function currencyIn(text: string): string | null {
  const sign = /[€£¥]/.exec(text)?.[0]
  if (sign)
    return bySign[sign] ?? null
  const code = /(?<![A-Za-z])(EUR|GBP|USD|CHF|CAD|AUD|JPY|PLN|SEK|NOK|DKK|CZK|MAD|TND|XOF|XAF)(?![A-Za-z])/.exec(text)?.[1]
  if (code)
    return code
  return /(?<![a-z])euros?(?![a-z])/i.test(text) ? 'EUR' : null
}
