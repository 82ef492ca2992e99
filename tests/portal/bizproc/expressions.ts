import type { Value } from './model.ts'

/** Where expressions find their values. */
export interface Scope {
  /** `{=Document:TITLE}`: `Document` is the source, `TITLE` the key. Undefined when there is no such thing. */
  value(source: string, key: string): unknown
  /** `{{Deal name}}`: a field of the document by its caption or code. */
  fieldByCaption(caption: string): unknown
  /** `user_3` as a person reads it. */
  userName(userId: number): string
}

const pattern = /\{=\s*(\w+)\s*:\s*([\w.]+)\s*(?:>\s*([\w,\s]+))?\}|\{\{\s*([^{}=][^{}]*?)\s*(?:>\s*([\w,\s]+))?\}\}/g

/** A value as it travels in a form: text, or a list of texts. */
export function toText(value: unknown): string | string[] {
  if (value === null || value === undefined)
    return ''
  if (Array.isArray(value))
    return value.map(toText).flat()
  if (typeof value === 'boolean')
    return value ? 'Y' : 'N'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const asList = (text: string | string[]): string[] => Array.isArray(text) ? text : [text]

function printable(text: string | string[], modifiers: string | undefined, scope: Scope): string | string[] {
  const isForReading = /\b(printable|friendly)\b/.test(modifiers ?? '')
  if (!isForReading)
    return text
  return asList(text).map(part =>
    part.replace(/^user_(\d+)$/, (_, id: string) => scope.userName(Number(id)))).join(', ')
}

function found(match: RegExpExecArray | RegExpMatchArray, scope: Scope): string | string[] {
  const [, source, key, modifiers, caption, captionModifiers] = match
  return source && key
    ? printable(toText(scope.value(source, key)), modifiers, scope)
    : printable(toText(scope.fieldByCaption(caption ?? '')), captionModifiers, scope)
}

function resolveText(text: string, scope: Scope): string | string[] {
  const matches = [...text.matchAll(pattern)]
  const [only] = matches
  // Alone in its field an expression hands over its value as it is, lists included.
  if (only && matches.length === 1 && only[0] === text.trim())
    return found(only, scope)
  return matches.reduceRight((result, match) =>
    result.slice(0, match.index) + asList(found(match, scope)).join(', ') + result.slice(match.index + match[0].length), text)
}

/** Fills expressions in; what they name but nobody has becomes empty. */
export function resolve(value: Value | undefined, scope: Scope): string | string[] {
  if (value === undefined)
    return ''
  return typeof value === 'string' ? resolveText(value, scope) : value.flatMap(part => resolveText(part, scope))
}

export const resolveToText = (value: Value | undefined, scope: Scope): string =>
  asList(resolve(value, scope)).join(', ')

export const resolveToList = (value: Value | undefined, scope: Scope): string[] =>
  asList(resolve(value, scope)).filter(part => part !== '')
