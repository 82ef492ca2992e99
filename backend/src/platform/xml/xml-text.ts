const declarable = ['iso-8859-1', 'iso-8859-15', 'windows-1252']

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xFF && bytes[1] === 0xFE)
    return 'utf-16le'
  if (bytes[0] === 0xFE && bytes[1] === 0xFF)
    return 'utf-16be'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /encoding=["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
  return declarable.includes(declared) ? declared : 'utf-8'
}

/** The text of an XML document in the encoding that its first bytes name, without their mark. */
export const xmlText = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes)

/** Entities blow a file up or read others, a tag of endless attributes takes a parser's time: no bank and no vendor has need of either. */
export const isHostile = (xml: string): boolean => /<!(?:DOCTYPE|ENTITY)/i.test(xml) || /<[^!<>][^<>]{20000}/.test(xml)

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' }

/** The five entities of XML and characters by number; nothing is ever looked up or expanded. */
export const withoutEntities = (text: string): string => text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex: string | undefined, number: string | undefined, name: string | undefined) => {
  if (name !== undefined)
    return entities[name.toLowerCase()] ?? whole
  const code = hex === undefined ? Number(number) : Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10FFFF ? String.fromCodePoint(code) : whole
})
