import { isGroup, type Condition, type Group, type Rule } from './rule.ts'

/**
 * The same segment said in one way: groups inside groups of their own kind are opened, groups of one are what they hold,
 * nothing is said twice, and choices stand in order. Two rules with one normal form are one segment.
 */
export function normalForm(rule: Group): Group {
  const only = simplified(rule)
  return isGroup(only) ? only : { kind: 'all', rules: [only] }
}

function simplified(rule: Rule): Rule {
  if (!isGroup(rule))
    return tidy(rule)
  const inner = rule.rules.map(simplified).flatMap((one): readonly Rule[] => isGroup(one) && opens(one, rule) ? one.rules : [one])
  const seen = new Set<string>()
  const rules = inner.filter((one) => {
    const text = JSON.stringify(one)
    return !seen.has(text) && seen.add(text)
  })
  const [only] = rules
  return rules.length === 1 && only && rule.kind !== 'none' ? only : { kind: rule.kind, rules }
}

/** None of these, or any of those: none of all of them. */
const opens = (inner: Group, outer: Group): boolean => inner.kind === outer.kind
  ? outer.kind !== 'none'
  : outer.kind === 'none' && inner.kind === 'any'

const listed = new Set(['in', 'not_in'])

function tidy({ field, operator, values, period }: Condition): Condition {
  const own = listed.has(operator) ? [...new Set(values)].sort((a, b) => a < b ? -1 : a > b ? 1 : 0) : values
  return { field, operator, values: own, ...period && period !== 'last_12_months' && { period } }
}
