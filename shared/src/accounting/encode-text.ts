import type { FileEncoding } from './preset-mapping.ts'

/** Signs of print that have a plain twin in any alphabet. */
const plainTwins: Readonly<Record<string, string>> = { '‘': '\'', '’': '\'', '“': '"', '”': '"', '–': '-', '—': '-' }

/** In an alphabet of 256 signs a letter that is not in it loses its accent; what is no letter of it becomes a question mark. */
export function encodeText(text: string, encoding: FileEncoding): Uint8Array {
  if (encoding === 'utf-8' || encoding === 'utf-8-bom')
    return new TextEncoder().encode(`${encoding === 'utf-8-bom' ? '\ufeff' : ''}${text}`)
  const alphabet = [...new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))]
  const bytes = new Map(alphabet.map((sign, byte) => [sign, byte]))
  return Uint8Array.from([...text].flatMap((sign) => {
    const own = bytes.get(sign)
    if (own !== undefined)
      return [own]
    const plain = [...plainTwins[sign] ?? sign.normalize('NFKD')].map(part => bytes.get(part)).filter(byte => byte !== undefined)
    return plain.length > 0 ? plain : [63]
  }))
}
