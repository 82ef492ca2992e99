import { biDatasets, isBiDatasetCode, type BiColumn, type BiColumnType, type BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import { AppError } from '@comptoir/shared/errors'

/** What BI Builder asks for, read from a form that anybody may have written. Only names that we declared get through. */

export const comparisons = ['equal', 'unequal', 'less', 'at_most', 'more', 'at_least', 'like', 'among', 'outside'] as const
export type Comparison = (typeof comparisons)[number]

export type Operand = string | number

export interface Condition {
  readonly column: BiColumn
  readonly comparison: Comparison
  /** Empty: the column has no value. One, or several for `among` and `outside`. A pattern for `like`. */
  readonly operands: readonly Operand[]
}

export interface ConditionGroup {
  readonly logic: 'and' | 'or'
  readonly parts: readonly (Condition | ConditionGroup)[]
}

export interface Question {
  readonly code: BiDatasetCode
  readonly columns: readonly BiColumn[]
  readonly filter: ConditionGroup
  /** null: everything. */
  readonly limit: number | null
}

const mostConditions = 50
const mostOperands = 1_000
const deepest = 4

const wrong = (reason: string): AppError => new AppError('bi.question_invalid', { details: { reason } })

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list with brackets arrives as a list or, with holes or many entries, as a map. */
const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value as unknown[] : isMap(value) ? Object.values(value) : [value]

/** Groups are numbered: a form brings them as a list when nothing else stands beside them. */
const groupOf = (value: unknown): Record<string, unknown> | null =>
  Array.isArray(value) ? Object.fromEntries(value.map((one: unknown, at) => [String(at), one])) : isMap(value) ? value : null

/** Longer signs first: `!@` also begins with `!`. */
const signs: readonly (readonly [sign: string, comparison: Comparison])[] = [
  ['>=', 'at_least'], ['<=', 'at_most'], ['!@', 'outside'], ['!=', 'unequal'], ['=%', 'like'], ['%=', 'like'],
  ['>', 'more'], ['<', 'less'], ['@', 'among'], ['!', 'unequal'], ['%', 'like'], ['=', 'equal'],
]

/** The calendar of the database has no year 0. */
const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`)
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

const readers: Readonly<Record<BiColumnType, (text: string) => Operand | null>> = {
  int: text => /^-?\d{1,15}$/.test(text) ? Number(text) : null,
  double: text => /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : null,
  string: text => text.includes('\0') || text.length > 1_000 ? null : text,
  date: text => isDay(text.slice(0, 10)) && /^.{10}(?:[T ]00:00(?::00)?)?$/.test(text) ? text.slice(0, 10) : null,
  datetime: text => isDay(text.slice(0, 10)) && /^.{10}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$/.test(text) ? text.replace('T', ' ') : null,
}

function operandOf(column: BiColumn, value: unknown): Operand {
  const read = typeof value === 'string' || typeof value === 'number' ? readers[column.type](String(value)) : null
  if (read === null)
    throw wrong(`value of ${column.code}`)
  return read
}

const escaped = (text: string): string => text.replace(/[\\_]/g, '\\$&')

function patternOf(sign: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw wrong('pattern')
  const text = readers.string(String(value))
  if (text === null)
    throw wrong('pattern')
  // A plain `%` looks anywhere and takes its value as it stands; the others bring their own wildcards.
  return sign === '%' ? `%${escaped(String(text)).replaceAll('%', '\\%')}%` : escaped(String(text))
}

class Reading {
  readonly #columns: ReadonlyMap<string, BiColumn>
  #count = 0

  constructor(columns: ReadonlyMap<string, BiColumn>) {
    this.#columns = columns
  }

  column(name: string): BiColumn {
    const column = this.#columns.get(name)
    if (!column)
      throw wrong(`column ${name.slice(0, 40)}`)
    return column
  }

  group(filter: Record<string, unknown>, depth = 1): ConditionGroup {
    if (depth > deepest)
      throw wrong('depth of the filter')
    const { logic = 'AND', ...parts } = filter
    if (logic !== 'AND' && logic !== 'OR')
      throw wrong('logic of the filter')
    return {
      logic: logic === 'OR' ? 'or' : 'and',
      parts: Object.entries(parts).map(([key, value]) => {
        const inner = /^\d+$/.test(key) ? groupOf(value) : null
        return inner ? this.group(inner, depth + 1) : this.condition(key, value)
      }),
    }
  }

  condition(key: string, value: unknown): Condition {
    if (++this.#count > mostConditions)
      throw wrong('number of conditions')
    const [sign, comparison] = signs.find(([start]) => key.startsWith(start)) ?? ['', 'equal']
    const column = this.column(key.slice(sign.length))
    if (comparison === 'like')
      return { column, comparison, operands: [patternOf(sign, value)] }
    const values = listOf(value)
    if (values.length > mostOperands)
      throw wrong('number of values')
    const isEquality = comparison === 'equal' || comparison === 'unequal'
    if (isEquality && values.length === 1 && values[0] === '')
      return { column, comparison, operands: [] }
    const operands = values.map(one => operandOf(column, one))
    if (isEquality && operands.length > 1)
      return { column, comparison: comparison === 'equal' ? 'among' : 'outside', operands }
    if (!isEquality && comparison !== 'among' && comparison !== 'outside' && operands.length !== 1)
      throw wrong(`value of ${column.code}`)
    return { column, comparison, operands }
  }
}

/** By our code and by the name that the dataset gave it: the form's own map says which is which. */
function namesOf(code: BiDatasetCode, mapFields: unknown): Map<string, BiColumn> {
  const names = new Map(biDatasets[code].columns.map(column => [column.code, column]))
  for (const [external, name] of Object.entries(isMap(mapFields) ? mapFields : {})) {
    const column = names.get(external)
    if (column && typeof name === 'string' && !names.has(name))
      names.set(name, column)
  }
  return names
}

function limitOf(value: unknown): number | null {
  if (value === undefined || value === '')
    return null
  if (!/^\d{1,9}$/.test(String(value)))
    throw wrong('limit')
  return Number(value)
}

/** The published table that is meant. BI Builder's own sample names the parameter `name`. */
export function tableOf(body: unknown, published: readonly BiDatasetCode[]): BiDatasetCode {
  const { table, name } = isMap(body) ? body : {}
  const code = table ?? name
  if (!isBiDatasetCode(code) || !published.includes(code))
    throw new AppError('bi.table_unknown')
  return code
}

/** @throws AppError bi.table_unknown, bi.question_invalid */
export function readQuestion(body: unknown, published: readonly BiDatasetCode[]): Question {
  const code = tableOf(body, published)
  const { select, filter, limit, mapFields } = body as Record<string, unknown>
  const reading = new Reading(namesOf(code, mapFields))
  if (filter !== undefined && filter !== '' && typeof filter !== 'object')
    throw wrong('filter')
  const chosen = select === undefined || select === '' ? [] : listOf(select).map(name => reading.column(String(name)))
  return {
    code,
    columns: chosen.length > 0 ? [...new Set(chosen)] : biDatasets[code].columns,
    filter: reading.group(groupOf(filter) ?? {}),
    limit: limitOf(limit),
  }
}
