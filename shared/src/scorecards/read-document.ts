import { Value } from 'typebox/value'
import { settingsFaults } from './check-settings.ts'
import { ScorecardInput } from './scorecard-input.schema.ts'
import { withSettings } from './settings.ts'

export interface DocumentFault {
  /** Where in the document, as `orders[3].quantity`; empty for the whole. */
  readonly path: string
  readonly message: string
}

export class DocumentInvalid extends Error {
  readonly faults: readonly DocumentFault[]

  constructor(faults: readonly DocumentFault[]) {
    super(faults.map(({ path, message }) => path ? `${path}: ${message}` : message).join('\n'))
    this.name = 'DocumentInvalid'
    this.faults = faults
  }
}

/** @throws DocumentInvalid with every fault and where it is. */
export function readDocument(value: unknown): ScorecardInput {
  const faults = shapeFaults(value)
  if (faults.length > 0)
    throw new DocumentInvalid(faults)
  const document = value as ScorecardInput
  const wrong = meaningFaults(document)
  if (wrong.length > 0)
    throw new DocumentInvalid(wrong)
  return document
}

function shapeFaults(value: unknown): DocumentFault[] {
  return Value.Errors(ScorecardInput, value).flatMap(({ keyword, instancePath, message, params }): DocumentFault[] => {
    const path = readablePath(instancePath)
    const at = (name: string): string => path ? `${path}.${name}` : name
    const names = (list: unknown): string[] => Array.isArray(list) ? list.map(String) : []
    if (keyword === 'required')
      return names((params as { requiredProperties?: unknown }).requiredProperties).map(name => ({ path: at(name), message: 'is missing' }))
    if (keyword === 'additionalProperties')
      return names((params as { additionalProperties?: unknown }).additionalProperties).map(name => ({ path: at(name), message: 'is not a setting' }))
    // The same fault a second time, said of the value instead of the name.
    if (keyword === 'boolean')
      return []
    if (keyword === 'format' || keyword === 'pattern')
      return [{ path, message: keyword === 'format' ? 'must be a day of the calendar, as 2026-03-31' : `is not written as expected (${message})` }]
    if (keyword === 'enum')
      return [{ path, message: `must be one of ${names((params as { allowedValues?: unknown }).allowedValues).join(', ')}` }]
    return [{ path, message }]
  })
}

const readablePath = (pointer: string): string => pointer.split('/').slice(1)
  .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  .reduce((path, step) => /^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step, '')

/** What only the meaning forbids: two things of one name, a period that ends before it begins. */
function meaningFaults(document: ScorecardInput): DocumentFault[] {
  const { from, asOf, suppliers, orders, settings } = document
  return [
    ...from && from > asOf ? [{ path: 'from', message: `is later than asOf (${asOf})` }] : [],
    ...twice(suppliers.map(({ id }) => id)).map(at => ({ path: `suppliers[${at}].id`, message: `${JSON.stringify(suppliers[at]!.id)} is there twice` })),
    ...twice(orders.map(({ line }) => line)).map(at => ({ path: `orders[${at}].line`, message: `${JSON.stringify(orders[at]!.line)} is there twice` })),
    ...settingsFaults(withSettings(settings)).map(({ path, reason }) => ({ path: `settings.${path}`, message: faultTexts[reason] })),
  ]
}

function twice(ids: readonly (string | number)[]): number[] {
  const seen = new Set<string | number>()
  return ids.flatMap((id, at) => {
    const isKnown = seen.has(id)
    seen.add(id)
    return isKnown ? [at] : []
  })
}

const faultTexts = {
  no_weight: 'no criterion has a weight above 0',
  curve_not_rising: 'the measured values must rise from point to point',
  bounds_not_rising: 'each bound must be above the one before',
  hours_not_rising: 'must end after they begin',
  measure_twice: 'a measure may count in one criterion only',
  no_measure: 'a criterion with a weight needs a measure',
} as const
