/** What every bank of the SEPA zone takes: Latin letters, digits and a handful of signs. */
const refused = /[^a-zA-Z0-9/\-?:().,'+ ]/gu

const spelled: Readonly<Record<string, string>> = {
  'œ': 'oe', 'Œ': 'OE', 'æ': 'ae', 'Æ': 'AE', 'ß': 'ss', 'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ð': 'd', 'Ð': 'D',
  'þ': 'th', 'Þ': 'TH', 'ı': 'i', '&': '+', '€': 'EUR', '£': 'GBP', '$': 'USD', '@': '(at)', '_': '-', '–': '-', '—': '-', '‐': '-', '’': '\'', '‘': '\'',
  '`': '\'', '´': '\'', '"': '\'', '“': '\'', '”': '\'', '«': '\'', '»': '\'', ';': ',', '[': '(', ']': ')', '{': '(', '}': ')', '\\': '/', '|': '/', '*': '.', '#': '.', '%': '.', '!': '.', '°': '.', 'º': 'o', 'ª': 'a',
}

const cyrillic = pairs(
  'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґјљњђћџ',
  'a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y  e yu ya i yi ye g j lj nj dj c dz'.split(' '),
)
const greek = pairs('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'.split(' '))

function pairs(letters: string, latin: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...letters].flatMap((letter, index) => {
    const small = latin[index] ?? ''
    return [[letter, small], [letter.toUpperCase(), small.slice(0, 1).toUpperCase() + small.slice(1)]] as [string, string][]
  }))
}

const transliterate = (sign: string): string => spelled[sign] ?? cyrillic.get(sign) ?? greek.get(sign) ?? sign

/** A text that passes every bank: accents off, other alphabets in Latin letters, anything else a dot, cut to its length. */
export function sepaText(text: string, maxLength: number): string {
  const latin = text.normalize('NFC').replace(refused, transliterate)
    .normalize('NFKD').replace(/\p{M}/gu, '')
  const clean = latin.replace(refused, transliterate)
    .replace(/\s+/g, ' ').replace(refused, '.')
    // A slash at either end, or two together, have a meaning of their own in the interbank format.
    .replace(/\/{2,}/g, '/').replace(/^[/ ]+/, '')
  return clean.slice(0, maxLength).replace(/[/ ]+$/, '')
}

/** Identifications allow no blanks at the ends and nothing a person has to guess at. */
export const sepaReference = (text: string, maxLength = 35): string =>
  sepaText(text, 200).replace(/[^a-zA-Z0-9/\-.+]/g, '-').replace(/-{2,}/g, '-').replace(/^[-/]+/, '').slice(0, maxLength).replace(/[-/]+$/, '')

export const hasLetterOrDigit = (text: string): boolean => /[a-zA-Z0-9]/.test(text)
