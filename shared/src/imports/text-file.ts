/** Archives and documents give themselves away by their first bytes: PDF, old Excel, gzip, PNG, JPEG, zip. */
const binaryStarts = ['25504446', 'd0cf11e0', '1f8b', '89504e47', 'ffd8ff', '504b0304'] as const
const markupStart = /^\s*<(?:!doctype|html|table|\?xml|script)/i
const lookedAt = 65_536

const isControl = (byte: number): boolean => byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26

/** Whether a file begins like a table of text. A web page saved as .xls and a picture named .csv do not. */
export function isTextFile(first: Uint8Array): boolean {
  const bytes = first.subarray(0, lookedAt)
  const start = Array.from(bytes.subarray(0, 8), byte => byte.toString(16).padStart(2, '0')).join('')
  if (binaryStarts.some(signature => start.startsWith(signature)) || markupStart.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace('\u00ef\u00bb\u00bf', '')))
    return false
  const nuls = [0, 0]
  let controls = 0
  bytes.forEach((byte, index) => {
    controls += isControl(byte) ? 1 : 0
    nuls[index % 2]! += byte === 0 ? 1 : 0
  })
  // In UTF-16 one byte of two is nought, always the same one.
  const isUtf16 = Math.max(...nuls) * 4 > bytes.length
  return isUtf16 ? Math.min(...nuls) * 20 < bytes.length : controls * 50 <= bytes.length || controls < 4
}
