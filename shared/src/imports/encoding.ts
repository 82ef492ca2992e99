export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'macintosh', 'ibm850', 'windows-1251'] as const
export type Encoding = (typeof encodings)[number]

export interface EncodingGuess {
  readonly encoding: Encoding
  readonly hasBom: boolean
  /** Bytes that the encoding cannot hold; the file is damaged there and shows a replacement sign. */
  readonly brokenBytes: number
}

/** French and German letters where old Macs and DOS programs keep them; Windows-1252 has rare signs there, and no quotes or dashes. */
const macLetters = new Set([0x8d, 0x8e, 0x8f, 0x9a, 0x9d, 0x9e, 0x9f])
const dosLetters = new Set([0x81, 0x82, 0x87, 0x8a])
const nulSample = 65_536

/** Looks at every byte of a file, chunk by chunk, and says how its text is written. */
export class EncodingScan {
  #position = 0
  #start: number[] = []
  #nulsAtEven = 0
  #nulsAtOdd = 0
  /** Continuation bytes still expected, and the range the next one must lie in. */
  #pending = 0
  #low = 0x80
  #high = 0xbf
  #sequences = 0
  #broken = 0
  #mac = 0
  #dos = 0
  /** Letters of Windows-1252 and its kin, and how many of them follow another: French hardly has two in a row, Russian nothing else. */
  #letters = 0
  #letterPairs = 0
  #previous = 0
  #controls = 0
  #euros = 0

  push(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index]!
      if (this.#position < nulSample)
        this.#lookAtStart(byte)
      this.#position++
      if (byte >= 0x80 || this.#pending > 0)
        this.#step(byte)
      this.#previous = byte
    }
  }

  result(): EncodingGuess {
    const [first, second, third] = this.#start
    if (first === 0xef && second === 0xbb && third === 0xbf)
      return { encoding: 'utf-8', hasBom: true, brokenBytes: this.#broken }
    if (first === 0xff && second === 0xfe)
      return { encoding: 'utf-16le', hasBom: true, brokenBytes: 0 }
    if (first === 0xfe && second === 0xff)
      return { encoding: 'utf-16be', hasBom: true, brokenBytes: 0 }
    const sampled = Math.min(this.#position, nulSample)
    if (this.#nulsAtEven + this.#nulsAtOdd > sampled / 10)
      return { encoding: this.#nulsAtOdd >= this.#nulsAtEven ? 'utf-16le' : 'utf-16be', hasBom: false, brokenBytes: 0 }
    const broken = this.#broken + (this.#pending > 0 ? 1 : 0)
    // A few damaged places in a file full of sound sequences do not make it Windows-1252.
    if (broken === 0 || this.#sequences >= broken * 10)
      return { encoding: 'utf-8', hasBom: false, brokenBytes: broken }
    return { encoding: this.#eightBit(), hasBom: false, brokenBytes: 0 }
  }

  #eightBit(): Encoding {
    const old = Math.max(this.#mac, this.#dos)
    if (old > this.#letters)
      return this.#dos > this.#mac ? 'ibm850' : 'macintosh'
    if (this.#letterPairs * 2 > this.#letters)
      return 'windows-1251'
    // Its euro is the sign for any currency elsewhere, which nobody writes.
    return this.#euros > 0 && this.#controls === 0 ? 'iso-8859-15' : 'windows-1252'
  }

  #lookAtStart(byte: number): void {
    if (this.#position < 3)
      this.#start.push(byte)
    if (byte !== 0)
      return
    if (this.#position % 2 === 0)
      this.#nulsAtEven++
    else
      this.#nulsAtOdd++
  }

  #step(byte: number): void {
    this.#count(byte)
    if (this.#pending === 0)
      return this.#lead(byte)
    if (byte < this.#low || byte > this.#high) {
      this.#broken++
      this.#pending = 0
      return byte >= 0x80 ? this.#lead(byte) : undefined
    }
    this.#low = 0x80
    this.#high = 0xbf
    this.#pending--
    if (this.#pending === 0)
      this.#sequences++
  }

  #count(byte: number): void {
    if (byte >= 0xc0) {
      this.#letters++
      this.#letterPairs += this.#previous >= 0xc0 ? 1 : 0
    }
    else if (byte === 0xa4) {
      this.#euros++
    }
    else if (byte >= 0x80 && byte <= 0x9f) {
      this.#controls++
      this.#mac += macLetters.has(byte) ? 1 : 0
      this.#dos += dosLetters.has(byte) ? 1 : 0
    }
  }

  #lead(byte: number): void {
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf)
      this.#pending = 1
    else if (byte >= 0xe0 && byte <= 0xef)
      this.#pending = 2
    else if (byte >= 0xf0 && byte <= 0xf4)
      this.#pending = 3
    else
      this.#broken++
  }
}

/** The upper half of the code page of Western DOS, which decoders do not know. */
const dosSigns = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ'
  + 'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐'
  + '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀'
  + 'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

async function* decodeDos(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const chunk of bytes)
    yield Array.from(chunk, byte => byte < 0x80 ? String.fromCharCode(byte) : dosSigns[byte - 0x80]!).join('')
}

/** Bytes in, text out, a character cut by a chunk's end kept for the next one; a byte order mark disappears. */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'ibm850')
    return yield* decodeDos(bytes)
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes)
    yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
