import { actionOfCode, fieldsOf, type ActionDefinition } from '@comptoir/shared/actions/definitions'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { readInsertables, type Insertable } from './insertable-values.ts'
import { firstText, lowerKeys, mapOf, valuesOf } from './loose-values.ts'

/** What the designer's dialog says about the step that is being set up. */
export interface StepContext {
  readonly action: ActionDefinition | null
  /** The step's name in the template: what its return values are called by. */
  readonly activityName: string | null
  /** Values the step has, as texts; settings it never had are absent. */
  readonly current: RawSettings
  /** The kind of record the workflow runs on, by the host's number; null when it is none of the CRM. */
  readonly entityTypeId: number | null
  readonly insertables: readonly Insertable[]
}

export function readStepContext(posted: Readonly<Record<string, unknown>>): StepContext {
  const options = lowerKeys(posted)
  const action = actionOfCode(firstText(options.code))
  return {
    action,
    activityName: firstText(options.activity_name) || null,
    current: action ? currentValues(action, mapOf(options.current_values)) : {},
    entityTypeId: entityTypeOf(valuesOf(options.document_type).map(String)[2] ?? ''),
    insertables: readInsertables(options),
  }
}

function currentValues(action: ActionDefinition, values: Readonly<Record<string, unknown>>): RawSettings {
  const ids = ['operation', ...fieldsOf(action).map(({ id }) => id)]
  return Object.fromEntries(ids.flatMap((id) => {
    // A value of several parts, should a portal ever store one so, is written as we write several people.
    const text = valuesOf(values[id]).filter(part => typeof part === 'string' || typeof part === 'number').join(',')
    return text === '' ? [] : [[id, text]]
  }))
}

const entityTypes: Readonly<Record<string, number>> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4, QUOTE: 7, SMART_INVOICE: 31 }

function entityTypeOf(type: string): number | null {
  const dynamic = /^DYNAMIC_(\d{1,9})$/.exec(type)
  return dynamic ? Number(dynamic[1]) : entityTypes[type] ?? null
}
