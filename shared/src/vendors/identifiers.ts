import { electronicFormatIBAN, getCountrySpecifications, isValidBIC, isValidIBAN } from 'ibantools'
import { vatShapes } from './vat-shapes.ts'

export type IdentifierFault =
  | 'characters' | 'length' | 'checksum' | 'key' | 'siren' | 'country' | 'shape'

export type IdentifierCheck =
  | { readonly ok: true, readonly value: string }
  | {
    readonly ok: false
    readonly reason: IdentifierFault
    /** What the text of the fault names: the expected key, the expected length, the unknown country. */
    readonly details: Readonly<Record<string, string | number>>
  }

const refuse = (reason: IdentifierFault, details: Record<string, string | number> = {}): IdentifierCheck =>
  ({ ok: false, reason, details })

/** Blanks of every width, dots, dashes and slashes are how people group digits; they carry nothing. */
const compact = (text: string): string => text.replace(/[\s\u200b-\u200d\ufeff./\-_]/gu, '').toUpperCase()

function luhnSum(digits: string): number {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48
    const weighed = place % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum
}

/** The last digit that would satisfy Luhn, for a hint beside a mistyped number. */
function luhnKey(digits: string): number {
  const rest = luhnSum(`${digits.slice(0, -1)}0`) % 10
  return rest === 0 ? 0 : 10 - rest
}

function digitsOf(text: string, length: number): IdentifierCheck {
  const value = compact(text)
  if (!/^\d+$/.test(value))
    return refuse('characters')
  return value.length === length ? { ok: true, value } : refuse('length', { expected: length, found: value.length })
}

export function checkSiren(text: string): IdentifierCheck {
  const digits = digitsOf(text, 9)
  if (!digits.ok || luhnSum(digits.value) % 10 === 0)
    return digits
  return refuse('checksum', { expected: luhnKey(digits.value) })
}

const laPoste = '356000000'

export function checkSiret(text: string): IdentifierCheck {
  const digits = digitsOf(text, 14)
  if (!digits.ok)
    return digits
  const { value } = digits
  // La Poste ran out of numbers: its establishments need only a digit sum divisible by five.
  if (value.startsWith(laPoste) && [...value].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0)
    return digits
  if (luhnSum(value) % 10 === 0)
    return checkSiren(value.slice(0, 9)).ok ? digits : refuse('siren')
  return refuse('checksum', { expected: luhnKey(value) })
}

/** The two digits before the SIREN in a French VAT number. */
export const frenchVatKey = (siren: string): string =>
  String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')

function checkFrenchVat(value: string): IdentifierCheck {
  const [, key = '', siren = ''] = /^FR([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(value) ?? []
  if (siren === '')
    return value.length === 13 ? refuse('shape', { country: 'FR' }) : refuse('length', { expected: 13, found: value.length })
  if (!siren.startsWith('000') && !checkSiren(siren).ok)
    return refuse('siren')
  // Keys with a letter follow a newer rule that is not published in full.
  if (/\D/.test(key) || siren.startsWith('000'))
    return { ok: true, value }
  const expected = frenchVatKey(siren)
  return key === expected ? { ok: true, value } : refuse('key', { expected })
}

/** VAT numbers of the EU and its neighbours: by key for France, by shape elsewhere. */
export function checkVatNumber(text: string): IdentifierCheck {
  const value = compact(text)
  const country = value.slice(0, 2)
  if (country === 'FR')
    return checkFrenchVat(value)
  const shape = vatShapes[country]
  if (!shape)
    return refuse('country', { country })
  return shape.test(value.slice(2)) ? { ok: true, value } : refuse('shape', { country })
}

/** Asked once: each answer is a copy of the whole table. */
const countrySpecifications = getCountrySpecifications()

export function checkIban(text: string): IdentifierCheck {
  const value = electronicFormatIBAN(compact(text)) ?? ''
  if (!/^[A-Z]{2}/.test(value))
    return refuse('characters')
  const country = value.slice(0, 2)
  const expected = countrySpecifications[country]?.chars
  if (!expected)
    return refuse('country', { country })
  if (value.length !== expected)
    return refuse('length', { expected, found: value.length })
  return isValidIBAN(value) ? { ok: true, value } : refuse('checksum')
}

export function checkBic(text: string): IdentifierCheck {
  const value = compact(text)
  if (value.length !== 8 && value.length !== 11)
    return refuse('length', { expected: 11, found: value.length })
  return isValidBIC(value) ? { ok: true, value } : refuse('shape', { country: value.slice(4, 6) })
}
