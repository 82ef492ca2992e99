import type { Comparison, Operator } from './model.ts'
import { resolve, resolveToText } from './expressions.ts'
import type { Scope } from './expressions.ts'

const asNumber = (text: string): number | null =>
  /^\s*-?\d+([.,]\d+)?\s*$/.test(text) ? Number(text.trim().replace(',', '.')) : null

/** Milliseconds of `2026-05-14…` or of `14/05/2026 10:26:32`; null for anything else. */
function asTime(text: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}/.test(text))
    return Date.parse(text)
  const [, day, month, year, clock = '00:00:00'] = /^(\d{2})[/.](\d{2})[/.](\d{4})(?: (\d{2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? []
  return year ? Date.parse(`${year}-${month}-${day}T${clock.padEnd(8, ':00')}Z`) : null
}

function compare(left: string, right: string): number {
  for (const read of [asNumber, asTime]) {
    const [a, b] = [read(left), read(right)]
    if (a !== null && b !== null)
      return a - b
  }
  return left === right ? 0 : left < right ? -1 : 1
}

type Test = (left: readonly string[], right: string) => boolean

const contains: Test = (left, right) =>
  left.some(part => part.toLocaleLowerCase().includes(right.toLocaleLowerCase()))
const isEmpty: Test = left => left.every(part => part.trim() === '')
const isEqual: Test = (left, right) => left.some(part => compare(part, right) === 0)

const ordered = (holds: (difference: number) => boolean): Test => (left, right) =>
  left.some(part => part.trim() !== '' && holds(compare(part, right)))

const tests: Record<Operator, Test> = {
  '=': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '>': ordered(difference => difference > 0),
  '>=': ordered(difference => difference >= 0),
  '<': ordered(difference => difference < 0),
  '<=': ordered(difference => difference <= 0),
  'contains': contains,
  '!contains': (left, right) => !contains(left, right),
  'empty': isEmpty,
  '!empty': (left, right) => !isEmpty(left, right),
}

function holds({ left, operator, right }: Comparison, scope: Scope): boolean {
  const value = resolve(left, scope)
  const parts = Array.isArray(value) ? (value.length > 0 ? value : ['']) : [value]
  return tests[operator](parts, resolveToText(right, scope))
}

/** Lines are read from top to bottom; without any line the condition holds. */
export function conditionHolds(conditions: readonly Comparison[], scope: Scope): boolean {
  return conditions.reduce((result, comparison, index) => {
    if (index === 0)
      return holds(comparison, scope)
    return comparison.joiner === 'OR' ? result || holds(comparison, scope) : result && holds(comparison, scope)
  }, true)
}
