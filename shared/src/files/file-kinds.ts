/** Papers of a vendor. What a browser would run is not among them. */
const contentTypes = {
  pdf: 'application/pdf',
  xml: 'application/xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  csv: 'text/csv',
  txt: 'text/plain',
  eml: 'message/rfc822',
  zip: 'application/zip',
} as const

export const fileEndings = Object.keys(contentTypes) as readonly (keyof typeof contentTypes)[]

/** By the ending of the name; null for a kind of file that is not kept. */
export function contentTypeOf(name: string): string | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && Object.hasOwn(contentTypes, ending) ? contentTypes[ending as keyof typeof contentTypes] : null
}

const mostLetters = 150
const forbidden = /[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu

/** A name that every drive takes: no paths, no signs that a file system refuses, and not too long. */
export function driveName(name: string): string {
  const plain = name.normalize('NFC').replace(forbidden, ' ').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '')
  const ending = /\.[a-z0-9]{1,5}$/i.exec(plain)?.[0] ?? ''
  return `${[...plain.slice(0, plain.length - ending.length)].slice(0, mostLetters - ending.length).join('').trim()}${ending}`
}
