/** Values of PHP's serialize(), the inside of a `.bpt` file. Lists and maps are one thing there. */
export type PhpValue = null | boolean | number | string | PhpArray
export interface PhpArray { readonly [key: string]: PhpValue }

const quote = 0x22
const closing = 0x7D

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Text up to a separator, which is skipped. */
  #until(separator: string): string {
    const end = this.#bytes.indexOf(separator, this.#at)
    if (end < 0)
      throw new SyntaxError('unexpected end')
    const text = this.#bytes.toString('latin1', this.#at, end)
    this.#at = end + separator.length
    return text
  }

  #expect(byte: number): void {
    if (this.#bytes[this.#at++] !== byte)
      throw new SyntaxError(`unexpected byte at ${this.#at - 1}`)
  }

  /** Lengths count bytes, not characters. */
  #string(): string {
    const length = Number(this.#until(':'))
    this.#expect(quote)
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length)
    this.#at += length
    this.#expect(quote)
    return text
  }

  #array(): PhpArray {
    const count = Number(this.#until(':{'))
    const entries: [string, PhpValue][] = []
    for (let read = 0; read < count; read++)
      entries.push([String(this.value()), this.value()])
    this.#expect(closing)
    return Object.fromEntries(entries)
  }

  value(): PhpValue {
    const kind = this.#bytes.toString('latin1', this.#at, this.#at + 2)
    this.#at += 2
    switch (kind) {
      case 'N;': return null
      case 'b:': return this.#until(';') === '1'
      case 'i:':
      case 'd:': return Number(this.#until(';'))
      case 'a:': return this.#array()
      case 's:': {
        const text = this.#string()
        this.#at++
        return text
      }
      default: throw new SyntaxError(`unknown kind ${kind}`)
    }
  }
}

export const unserialize = (bytes: Buffer): PhpValue => new Reader(bytes).value()
