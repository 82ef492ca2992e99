import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { AppError } from '@comptoir/shared/errors'
import { toMinor } from '@comptoir/shared/money'
import { isHostile, withoutEntities, xmlText } from '../../../platform/xml/xml-text.ts'

const mostBytes = 5 * 1024 * 1024

export const unreadable = (element: string): AppError => new AppError('purchasing.file_unreadable', { details: { element } })

type Raw = string | { readonly [name: string]: Raw | Raw[] } | undefined

/** An element without its prefix: producers choose those as they like. */
export class XmlNode {
  readonly #raw: Raw
  readonly path: string

  constructor(raw: Raw, path: string) {
    this.#raw = raw
    this.path = path
  }

  get isThere(): boolean {
    return this.#raw !== undefined
  }

  #childrenOf(name: string): Raw[] {
    const value = typeof this.#raw === 'object' ? this.#raw[name] : undefined
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  }

  /** Every element of the last name, under the first of each name before it. */
  all(path: string): XmlNode[] {
    const names = path.split('/')
    const parent = names.slice(0, -1).reduce<XmlNode>((node, name) => node.at(name), this)
    return parent.#childrenOf(names.at(-1)!).map(raw => new XmlNode(raw, `${this.path}/${path}`))
  }

  at(path: string): XmlNode {
    return path.split('/').reduce<XmlNode>((node, name) => new XmlNode(node.#childrenOf(name)[0], `${node.path}/${name}`), this)
  }

  attribute(name: string): string | null {
    const value = typeof this.#raw === 'object' ? this.#raw[`@${name}`] : undefined
    return typeof value === 'string' ? withoutEntities(value).trim() || null : null
  }

  get text(): string | null {
    const value = typeof this.#raw === 'object' ? this.#raw['#text'] : this.#raw
    return typeof value === 'string' ? withoutEntities(value).trim() || null : null
  }

  /** @throws AppError purchasing.file_unreadable */
  required(term: string): string {
    const { text } = this
    if (text === null)
      throw unreadable(`${this.path} (${term})`)
    return text
  }

  get number(): number | null {
    const { text } = this
    if (text === null)
      return null
    const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
    if (!Number.isFinite(value))
      throw unreadable(`${this.path}: « ${text.slice(0, 40)} »`)
    return value
  }

  minor(currency: string): number | null {
    const { number } = this
    const minor = number === null ? null : toMinor(number, currency)
    if (minor !== null && !Number.isSafeInteger(minor))
      throw unreadable(`${this.path}: « ${this.text?.slice(0, 40)} »`)
    return minor
  }

  /** `20150109`, `2015-01-09`, or the same with a time or a zone behind it. */
  get day(): string | null {
    const { text } = this
    if (text === null)
      return null
    const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T+Z\-\d])/.exec(text) ?? []
    const written = `${year}-${month}-${day}`
    if (day === undefined || new Date(`${written}T00:00:00Z`).toISOString().slice(0, 10) !== written)
      throw unreadable(`${this.path}: « ${text.slice(0, 40)} »`)
    return written
  }
}

/** @throws AppError purchasing.file_unreadable */
export function readXml(bytes: Uint8Array): { root: XmlNode, name: string } {
  if (bytes.length > mostBytes)
    throw unreadable('XML > 5 MB')
  const text = xmlText(bytes)
  if (isHostile(text))
    throw unreadable('DOCTYPE')
  const validity = XMLValidator.validate(text)
  if (validity !== true)
    throw unreadable(`XML, ${validity.err.line}:${validity.err.col}`)
  const parser = new XMLParser({
    ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: false, ignoreDeclaration: true, ignorePiTags: true,
  })
  const parsed = parseSafely(parser, text)
  const name = Object.keys(parsed).find(key => !key.startsWith('#') && !key.startsWith('?'))
  if (name === undefined)
    throw unreadable('XML')
  return { root: new XmlNode(parsed[name], name), name }
}

function parseSafely(parser: XMLParser, text: string): Record<string, Raw> {
  try {
    return parser.parse(text) as Record<string, Raw>
  }
  catch (cause) {
    throw new AppError('purchasing.file_unreadable', { details: { element: 'XML' }, cause })
  }
}
