import { sql, type RawBuilder } from 'kysely'
import type { Day } from '@comptoir/shared/insights/calendar'
import { instantsOf, type DayRange } from '@comptoir/shared/insights/period'
import { dayRangeOf } from '@comptoir/shared/segments/day-range'
import { segmentFields } from '@comptoir/shared/segments/fields'
import type { Operator } from '@comptoir/shared/segments/operators'
import { accentedLetters, plainLetters, plainText } from '@comptoir/shared/segments/plain-text'
import { isGroup, type Condition, type Rule } from '@comptoir/shared/segments/rule'
import type { DealOnlooker } from '../access/deal-gate.postgres.ts'

/** For whom and for which day a rule is asked. */
export interface SegmentContext {
  readonly onlooker: DealOnlooker & { readonly viewer: { readonly isAdmin: boolean } }
  readonly timeZone: string
  readonly today: Day
}

/** Whether one value lets the record in. Null is no. */
type Probe = (value: RawBuilder<unknown>) => RawBuilder<boolean>

export interface SqlField {
  /** True when some value of the record passes; null or false otherwise. */
  readonly has: (probe: Probe) => RawBuilder<boolean>
  /** A day that is kept as a moment. */
  readonly isMoment?: boolean
}

export const scalar = (expression: RawBuilder<unknown>): SqlField => ({ has: probe => probe(expression) })
export const moment = (expression: RawBuilder<unknown>): SqlField => ({ ...scalar(expression), isMoment: true })

export type SqlFields = (condition: Condition, context: SegmentContext) => SqlField

/**
 * A rule as a condition. Null counts as no wherever it may come up: `and` and `or` never make a yes of it, and `none` asks
 * for a known answer. Values are parameters; names come from the fields alone.
 */
export function ruleSql(rule: Rule, fields: SqlFields, context: SegmentContext): RawBuilder<boolean> {
  if (!isGroup(rule))
    return conditionSql(rule, fields(rule, context), context)
  if (rule.rules.length === 0)
    return rule.kind === 'any' ? sql`false` : sql`true`
  const parts = rule.rules.map(one => ruleSql(one, fields, context))
  switch (rule.kind) {
    case 'all': return sql`(${sql.join(parts, sql` and `)})`
    case 'any': return sql`(${sql.join(parts, sql` or `)})`
    case 'none': return sql`(not coalesce(${sql.join(parts, sql` or `)}, false))`
  }
}

const unless = (condition: RawBuilder<boolean>): RawBuilder<boolean> => sql`(not coalesce(${condition}, false))`

function conditionSql(condition: Condition, field: SqlField, context: SegmentContext): RawBuilder<boolean> {
  const { operator } = condition
  if (operator === 'yes' || operator === 'no')
    return unlessIf(operator === 'no', field.has(value => sql`(${value})`))
  if (operator === 'filled' || operator === 'empty')
    return unlessIf(operator === 'empty', field.has(value => sql`(${value} is not null)`))
  const isNegated = operator === 'not_in' || operator === 'not_contains'
  return unlessIf(isNegated, field.has(probeOf(condition, field, context)))
}

const unlessIf = (isNegated: boolean, condition: RawBuilder<boolean>): RawBuilder<boolean> => isNegated ? unless(condition) : condition

function probeOf(condition: Condition, { isMoment = false }: SqlField, { today, timeZone }: SegmentContext): Probe {
  const { kind } = segmentFields[condition.field]
  if (kind === 'day') {
    const range = dayRangeOf(condition, today)
    return value => isMoment ? isMomentIn(value, range, timeZone) : isDayIn(value, range)
  }
  if (kind === 'text')
    return textProbe(condition)
  return kind === 'choice' ? value => isAmong(value, condition) : numberProbe(condition)
}

function isAmong(value: RawBuilder<unknown>, { field, values }: Condition): RawBuilder<boolean> {
  return segmentFields[field].keys === 'number'
    ? sql`(${value} = any(${values.map(Number)}::integer[]))`
    : sql`(${value} = any(${values.map(String)}::text[]))`
}

const numberSigns: Readonly<Partial<Record<Operator, RawBuilder<unknown>>>> = { above: sql`>`, at_least: sql`>=`, below: sql`<`, at_most: sql`<=` }

function numberProbe({ operator, values: [first = 0, second = 0] }: Condition): Probe {
  const [low, high] = [sql`${Number(first)}::numeric`, sql`${Number(second)}::numeric`]
  return operator === 'between'
    ? value => sql`(${value} between ${low} and ${high})`
    : value => sql`(${value} ${numberSigns[operator] ?? sql`=`} ${low})`
}

/** Letters are folded by the same table on both sides, so that the meaning does not hang on the database's locale. */
export const folded = (value: RawBuilder<unknown>): RawBuilder<string> =>
  sql`translate(${value}, ${`ABCDEFGHIJKLMNOPQRSTUVWXYZ${accentedLetters}`}, ${`abcdefghijklmnopqrstuvwxyz${plainLetters}`})`

function textProbe({ operator, values: [first = ''] }: Condition): Probe {
  const text = plainText(String(first))
  if (operator === 'contains' || operator === 'not_contains')
    return value => sql`(strpos(${folded(value)}, ${text}) > 0)`
  return operator === 'starts_with' ? value => sql`starts_with(${folded(value)}, ${text})` : value => sql`(${folded(value)} = ${text})`
}

/** The portal's own days as moments, which an index on the column can use. */
function isMomentIn(value: RawBuilder<unknown>, range: DayRange, timeZone: string): RawBuilder<boolean> {
  const { from, to } = instantsOf(range, timeZone)
  return sql`(${from === null ? sql`true` : sql`${value} >= ${from}`} and ${to === null ? sql`true` : sql`${value} < ${to}`} and ${value} is not null)`
}

const isDayIn = (value: RawBuilder<unknown>, { from, to }: DayRange): RawBuilder<boolean> =>
  sql`(${from === null ? sql`true` : sql`${value} >= ${from}::date`} and ${to === null ? sql`true` : sql`${value} < ${to}::date`} and ${value} is not null)`
