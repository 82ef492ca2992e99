import type { RestParams } from '../rest/registry.ts'
import { biError, type FieldRule, isObject } from './field-rules.ts'

type Row = Readonly<Record<string, unknown>>

const pageSize = 50

const textOf = (value: unknown): string => value === null || value === undefined ? '' : value === true ? '1' : value === false ? '0' : String(value)

function order(left: unknown, right: unknown): number {
  const [a, b] = [textOf(left), textOf(right)]
  const areNumbers = [a, b].every(text => /^-?\d+(?:\.\d+)?$/.test(text))
  return areNumbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split('%').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 'is')

const among = (value: unknown, list: unknown): boolean => [list].flat().some(one => order(value, one) === 0)

/** Longer prefixes first: `=%` also begins with `=`. */
const tests: readonly [prefix: string, test: (value: unknown, wanted: unknown) => boolean][] = [
  ['>=', (value, wanted) => order(value, wanted) >= 0],
  ['<=', (value, wanted) => order(value, wanted) <= 0],
  ['!@', (value, wanted) => !among(value, wanted)],
  ['!=', (value, wanted) => !among(value, wanted)],
  ['=%', (value, wanted) => wildcard(String(wanted)).test(textOf(value))],
  ['%=', (value, wanted) => wildcard(String(wanted)).test(textOf(value))],
  ['>', (value, wanted) => order(value, wanted) > 0],
  ['<', (value, wanted) => order(value, wanted) < 0],
  ['@', among],
  ['!', (value, wanted) => !among(value, wanted)],
  ['%', (value, wanted) => textOf(value).toLowerCase().includes(String(wanted).toLowerCase())],
  ['=', among],
  ['', among],
]

const nameIn = (key: string): string => key.replace(/^[<>=!@%]+/, '')

interface Reading {
  readonly rules: readonly FieldRule[]
  /** Taken for granted and left out: their values live elsewhere. */
  readonly ignored: string
}

function checkNames(reading: Reading, names: readonly string[], place: 'SELECT' | 'FILTER' | 'ORDER'): void {
  for (const name of names) {
    if (!reading.rules.some(({ title }) => title === name))
      throw biError(`VALIDATION_FIELD_NOT_ALLOWED_IN_${place}`, `Field "${name}" is not allowed in the "${place.toLowerCase()}".`)
  }
}

function matches(reading: Reading, row: Row, filter: Record<string, unknown>): boolean {
  const { logic = 'AND', ...conditions } = filter
  if (logic !== 'AND' && logic !== 'OR')
    throw biError('VALIDATION_INVALID_FILTER_LOGIC', 'Field "logic" must be either "AND" or "OR".')
  const results = Object.entries(conditions).map(([key, wanted]) => {
    if (/^\d+$/.test(key) && isObject(wanted))
      return matches(reading, row, wanted)
    const name = nameIn(key)
    checkNames(reading, [name], 'FILTER')
    const test = tests.find(([prefix]) => key.startsWith(prefix))![1]
    return name === reading.ignored || test(row[name], wanted)
  })
  return logic === 'AND' ? results.every(Boolean) : results.some(Boolean)
}

function parameters(params: RestParams) {
  const { select, filter, order: by, page } = params
  if (select !== undefined && typeof select !== 'object')
    throw biError('VALIDATION_SELECT_TYPE', 'Parameter "select" must be array.')
  if (filter !== undefined && (typeof filter !== 'object' || filter === null))
    throw biError('VALIDATION_FILTER_TYPE', 'Parameter "filter" must be array.')
  if (by !== undefined && (typeof by !== 'object' || by === null))
    throw biError('VALIDATION_ORDER_TYPE', 'Parameter "order" must be array.')
  return {
    select: Object.values(select ?? {}).map(String),
    filter: (filter ?? {}) as Record<string, unknown>,
    by: Object.entries((by ?? {}) as Record<string, unknown>),
    page: Math.max(1, Math.trunc(Number(page ?? 1)) || 1),
  }
}

/** `select`, `filter`, `order` and `page`; an answer without total. */
export function listed(rows: readonly Row[], params: RestParams, reading: Reading): Row[] {
  const { select, filter, by, page } = parameters(params)
  checkNames(reading, select, 'SELECT')
  checkNames(reading, by.map(([name]) => name), 'ORDER')
  matches(reading, {}, filter)
  const found = rows.filter(row => matches(reading, row, filter)).sort((a, b) => {
    for (const [name, direction] of by) {
      const difference = order(a[name], b[name])
      if (difference !== 0)
        return String(direction).toUpperCase() === 'DESC' ? -difference : difference
    }
    return 0
  })
  return found.slice((page - 1) * pageSize, page * pageSize).map(row =>
    Object.fromEntries(Object.entries(row).filter(([name]) => select.length === 0 || select.includes(name))))
}
