import type { RestParams } from '../rest/registry.ts'
import { isMap } from './registration-rules.ts'

export type Cell = string | null | Record<string, unknown> | readonly unknown[]
export type Row = Readonly<Record<string, Cell>>

const pageSize = 50

/** Parameter names come in upper or lower case. */
export function parameter(params: RestParams, name: string): unknown {
  return params[name] ?? params[name.toLowerCase()]
}

const comparable = (value: unknown): number | string => {
  const text = value === null || value === undefined ? '' : String(value)
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length < 16)
    return Number(text)
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? text : time
}

function order(a: unknown, b: unknown): number {
  const [left, right] = [comparable(a), comparable(b)]
  return left === right ? 0 : left < right ? -1 : 1
}

type Test = (difference: number) => boolean

const prefixes: readonly [prefix: string, test: Test][] = [
  ['>=', difference => difference >= 0],
  ['<=', difference => difference <= 0],
  ['!=', difference => difference !== 0],
  ['!', difference => difference !== 0],
  ['>', difference => difference > 0],
  ['<', difference => difference < 0],
  ['=', difference => difference === 0],
  ['', difference => difference === 0],
]

function matches(row: Row, [key, wanted]: [string, unknown]): boolean {
  const [prefix, test] = prefixes.find(([start]) => key.startsWith(start))!
  const name = key.slice(prefix.length).toUpperCase()
  if (!(name in row))
    return true
  const values = Array.isArray(wanted) ? wanted : [wanted]
  const isNegative = prefix.startsWith('!')
  return isNegative
    ? values.every(value => test(order(row[name], value)))
    : values.some(value => test(order(row[name], value)))
}

function sorted(rows: readonly Row[], by: Readonly<Record<string, unknown>>): Row[] {
  const keys = Object.entries(by)
  return [...rows].sort((a, b) => {
    for (const [key, direction] of keys) {
      const difference = order(a[key.toUpperCase()], b[key.toUpperCase()])
      if (difference !== 0)
        return String(direction).toLowerCase() === 'desc' ? -difference : difference
    }
    return 0
  })
}

export interface ListDefaults {
  readonly select: readonly string[]
  readonly order: Readonly<Record<string, string>>
}

export interface Page {
  readonly result: Row[]
  readonly total: number
  readonly next?: number
}

/** SELECT, FILTER, ORDER and `start` over rows with upper-case names, 50 rows a page. */
export function listPage(rows: readonly Row[], params: RestParams, defaults: ListDefaults): Page {
  const filter = parameter(params, 'FILTER')
  const by = parameter(params, 'ORDER')
  const select = parameter(params, 'SELECT')
  const wanted = (Array.isArray(select) ? select : isMap(select) ? Object.values(select) : [])
    .map(name => String(name).toUpperCase())
  const isEverything = wanted.includes('*')
  const names = wanted.length > 0 ? wanted : defaults.select
  const start = Math.max(0, Math.trunc(Number(parameter(params, 'START') ?? 0)) || 0)
  const found = rows.filter(row => Object.entries(isMap(filter) ? filter : {}).every(entry => matches(row, entry)))
  const page = sorted(found, isMap(by) && Object.keys(by).length > 0 ? by : defaults.order)
    .slice(start, start + pageSize)
    .map(row => Object.fromEntries(Object.entries(row).filter(([name]) => isEverything || names.includes(name))))
  const next = start + pageSize
  return { result: page, total: found.length, ...(next < found.length ? { next } : {}) }
}
