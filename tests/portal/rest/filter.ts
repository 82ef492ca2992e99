import type { Collection } from '../crm/collection.ts'
import { parseTime } from '../core/zoned-time.ts'
import { RestError } from './registry.ts'

export type FilterKind = 'number' | 'time' | 'text' | 'flag' | 'list'

export interface FilterField {
  name: string
  kind: FilterKind
}

/** How a family of methods spells its fields; `undefined` = the condition is ignored. */
export type FieldFinder = (name: string) => FilterField | undefined

type Test = (items: Collection, id: number) => boolean

export interface CompiledFilter {
  /** null = everything passes. */
  test: Test | null
  from: number
  to: number
  /** Only these, when the filter names them. */
  ids: number[] | null
  /** Fields that must have one of these values. */
  equal: { name: string, values: unknown[] }[]
}

const operators = /^(>=|<=|!=%|!%=|!=|!@|!%|=%|%=|>|<|@|%|=|!)?(.+)$/

export function compileFilter(input: unknown, find: FieldFinder): CompiledFilter {
  const bounds: CompiledFilter = { test: null, from: 1, to: Number.MAX_SAFE_INTEGER, ids: null, equal: [] }
  const tests: Test[] = []
  for (const [key, value] of entriesOf(input)) {
    if (key.toLowerCase() === 'logic')
      continue
    const [, operator = '=', name = ''] = operators.exec(key) ?? []
    if (!isGroup(key, value) && name.toLowerCase() === 'id' && find(name) && narrow(bounds, operator, value))
      continue
    const test = compileEntry(key, value, find)
    if (test)
      tests.push(test)
    if (test && !isGroup(key, value) && (operator === '=' || operator === '@') && find(name)?.kind === 'number')
      bounds.equal.push({ name: find(name)!.name, values: toList(value).map(Number) })
  }
  bounds.test = logicOf(input) === 'OR' ? any(compileAll(input, find)) : all(tests)
  return logicOf(input) === 'OR' ? { ...bounds, from: 1, to: Number.MAX_SAFE_INTEGER, ids: null, equal: [] } : bounds
}

function entriesOf(input: unknown): [string, unknown][] {
  return input !== null && typeof input === 'object' ? Object.entries(input) : []
}

function isGroup(key: string, value: unknown): boolean {
  return /^\d+$/.test(key) && value !== null && typeof value === 'object'
}

function logicOf(input: unknown): string {
  return String(entriesOf(input).find(([key]) => key.toLowerCase() === 'logic')?.[1] ?? 'AND').toUpperCase()
}

function compileAll(input: unknown, find: FieldFinder): Test[] {
  return entriesOf(input)
    .filter(([key]) => key.toLowerCase() !== 'logic')
    .flatMap(([key, value]) => compileEntry(key, value, find) ?? [])
}

function compileEntry(key: string, value: unknown, find: FieldFinder): Test | null {
  if (isGroup(key, value)) {
    const tests = compileAll(value, find)
    return logicOf(value) === 'OR' ? any(tests) : all(tests)
  }
  const [, operator = '=', name = ''] = operators.exec(key) ?? []
  const field = find(name)
  return field ? condition(field, operator, value) : null
}

function all(tests: Test[]): Test | null {
  if (tests.length <= 1)
    return tests[0] ?? null
  return (items, id) => tests.every(test => test(items, id))
}

function any(tests: Test[]): Test | null {
  return tests.length === 0 ? null : (items, id) => tests.some(test => test(items, id))
}

/** Turns conditions on the id into bounds, so that a keyset page costs what it holds. */
function narrow(bounds: CompiledFilter, operator: string, value: unknown): boolean {
  // An empty value counts as 0: a chained page whose reference found nothing starts over, as it does on a portal.
  const number = Number(value ?? 0) || 0
  if (operator === '>' || operator === '>=')
    bounds.from = Math.max(bounds.from, operator === '>' ? number + 1 : number)
  else if (operator === '<' || operator === '<=')
    bounds.to = Math.min(bounds.to, operator === '<' ? number - 1 : number)
  else if (operator === '=' || operator === '@')
    bounds.ids = intersect(bounds.ids, toList(value).map(Number))
  else
    return false
  return true
}

function intersect(known: number[] | null, more: number[]): number[] {
  const wanted = [...new Set(more)].sort((a, b) => a - b)
  return known ? known.filter(id => wanted.includes(id)) : wanted
}

function toList(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value
  return value !== null && typeof value === 'object' ? Object.values(value) : [value]
}

const isEmptyWish = (value: unknown) => value === null || value === '' || value === undefined || value === false

function condition(field: FilterField, operator: string, value: unknown): Test {
  switch (operator) {
    case '>': case '>=': case '<': case '<=':
      return comparison(field, operator, value)
    case '%': case '=%': case '%=':
      return like(field, String(value), operator !== '%')
    case '!%': case '!=%': case '!%=':
      return negated(like(field, String(value), operator !== '!%'))
    case '!': case '!=': case '!@':
      return negated(oneOf(field, value))
    default:
      return oneOf(field, value)
  }
}

function negated(test: Test): Test {
  return (items, id) => !test(items, id)
}

function wishes({ name, kind }: FilterField, value: unknown): unknown {
  if (kind === 'number')
    return Number(value) || 0
  if (kind === 'flag')
    return value === 'Y' || value === '1' || value === 1 || value === true ? 'Y' : 'N'
  if (kind !== 'time')
    return String(value).toLowerCase()
  const at = parseTime(value)
  if (at === null)
    throw new RestError(400, 'INVALID_ARG_VALUE', `Invalid filter: invalid value of the field '${name}'`)
  return at
}

function comparison(field: FilterField, operator: string, value: unknown): Test {
  const bound = wishes(field, value) as number | string
  const { name, kind } = field
  const read: (items: Collection, id: number) => number | string | null = kind === 'time'
    ? (items, id) => items.time(id, name)
    : kind === 'number'
      ? (items, id) => Number(items.value(id, name) ?? 0)
      : (items, id) => String(items.value(id, name) ?? '').toLowerCase()
  switch (operator) {
    case '>': return (items, id) => isMore(read(items, id), bound)
    case '<': return (items, id) => isMore(bound, read(items, id))
    case '>=': return (items, id) => read(items, id) === bound || isMore(read(items, id), bound)
    default: return (items, id) => read(items, id) === bound || isMore(bound, read(items, id))
  }
}

function isMore(left: number | string | null, right: number | string | null): boolean {
  return left !== null && right !== null && left > right
}

function oneOf(field: FilterField, value: unknown): Test {
  const { name, kind } = field
  const list = toList(value)
  const acceptsEmpty = list.some(isEmptyWish) && !(kind === 'flag' && list.length === 1 && list[0] === false)
  const wanted = new Set(list.filter(wish => !isEmptyWish(wish)).map(wish => wishes(field, wish)))
  if (kind === 'time')
    return (items, id) => matches(items.time(id, name), wanted, acceptsEmpty)
  if (kind === 'list')
    return (items, id) => toList(items.value(id, name)).some(entry => wanted.has(String(entry).toLowerCase()))
  if (kind === 'number')
    return (items, id) => matches(numberOrNull(items.value(id, name)), wanted, acceptsEmpty)
  return (items, id) => {
    const actual = items.value(id, name)
    return wanted.has(actual) || matches(actual === null || actual === undefined ? null : kind === 'flag' ? actual : String(actual).toLowerCase(), wanted, acceptsEmpty)
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value)
}

function matches(actual: unknown, wanted: Set<unknown>, acceptsEmpty: boolean): boolean {
  if (wanted.has(actual))
    return true
  return (acceptsEmpty || wanted.has(0)) && (actual === null || actual === '' || actual === 0)
}

/** Substring, or a pattern where % stands for anything. */
function like({ name }: FilterField, text: string, isPattern: boolean): Test {
  const wanted = text.toLowerCase()
  if (!isPattern)
    return (items, id) => String(items.value(id, name) ?? '').toLowerCase().includes(wanted)
  const pattern = new RegExp(`^${wanted.split('%').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's')
  return (items, id) => pattern.test(String(items.value(id, name) ?? '').toLowerCase())
}
