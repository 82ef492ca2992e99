/** An address in parts. Since November 2026 banks refuse addresses in free lines: in parts, or none. */
export interface PostalAddress {
  readonly street: string | null
  readonly building: string | null
  readonly postalCode: string | null
  readonly town: string
  readonly country: string
}

export interface AddressText {
  /** « 12 bis, rue de la Paix »; further lines are left out. */
  readonly address: string | null
  readonly postalCode: string | null
  readonly city: string | null
  readonly country: string | null
}

const numberFirst = /^(\d{1,5}(?:\s?(?:bis|ter|quater|[a-d]))?(?:\s?[-/]\s?\d{1,5})?)\s*,?\s+(.*\p{L}.*)$/iu
const numberLast = /^(.*\p{L}[^\d]*?)\s*,?\s+(\d{1,5}\s?[a-z]?)$/iu

function streetOf(line: string): Pick<PostalAddress, 'street' | 'building'> {
  const first = numberFirst.exec(line)
  if (first)
    return { building: first[1]!.trim(), street: first[2]!.trim() }
  const last = numberLast.exec(line)
  return last ? { street: last[1]!.trim(), building: last[2]!.trim() } : { street: line, building: null }
}

const languages = ['fr', 'en', 'de', 'es', 'it', 'nl', 'pt']
let codesByName: ReadonlyMap<string, string> | null = null

const key = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z]/g, '')

function countryNames(): ReadonlyMap<string, string> {
  if (codesByName)
    return codesByName
  const found = new Map<string, string>()
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of letters.flatMap(first => letters.map(second => first + second))) {
      const name = names.of(code)
      // Former countries and groups of countries have names, too.
      if (name && new Intl.Locale(`und-${code}`).region === code && !/^(?:EU|EZ|UN|QO|XA|XB|ZZ)$/.test(code))
        found.set(key(name), found.get(key(name)) ?? code)
    }
  }
  codesByName = found
  return found
}

/** A country as people write it, as its ISO 3166 code; null when it is none. */
export function countryCode(text: string | null): string | null {
  const written = (text ?? '').trim()
  if (/^[a-z]{2}$/i.test(written)) {
    const code = written.toUpperCase()
    return code === 'UK' ? 'GB' : [...countryNames().values()].includes(code) ? code : null
  }
  return countryNames().get(key(written)) ?? null
}

/** Town and country are what a structured address cannot do without: where they are unknown there is none. */
export function structuredAddress({ address, postalCode, city, country }: AddressText): PostalAddress | null {
  const code = countryCode(country)
  const town = city?.trim()
  if (!code || !town)
    return null
  const line = address?.split(/\r?\n/).map(part => part.trim()).find(part => part !== '')
  return { ...line ? streetOf(line) : { street: null, building: null }, postalCode: postalCode?.trim() ?? null, town, country: code }
}
