import { withoutEntities } from '../../platform/xml/xml-text.ts'

/** A piece of a parsed XML document: nothing is known about it until it is looked into. */
export type XmlNode = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is XmlNode => typeof value === 'object' && value !== null && !Array.isArray(value)

const asNode = (value: unknown): XmlNode | null =>
  isNode(value) ? value : typeof value === 'string' ? { '#': value } : null

/** All children of a name, in their order. */
export function each(node: XmlNode | null, name: string): XmlNode[] {
  const value = node && Object.hasOwn(node, name) ? node[name] : undefined
  return (Array.isArray(value) ? value : [value]).map(asNode).filter(child => child !== null)
}

export const inside = (node: XmlNode | null, ...path: string[]): XmlNode | null =>
  path.reduce<XmlNode | null>((reached, name) => each(reached, name)[0] ?? null, node)

/** The text at the end of a path, without blanks around it; null when there is none. */
export function textOf(node: XmlNode | null, ...path: string[]): string | null {
  const value = inside(node, ...path)?.['#']
  return typeof value === 'string' ? withoutEntities(value).trim() || null : null
}
