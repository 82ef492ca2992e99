import type { ActionDocument } from '@comptoir/shared/actions/action.contract'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { field } from '../../platform/http/host-form.ts'

/** A workflow step's call, out of the host's spelling. */
export interface HostStep {
  readonly memberId: string | null
  readonly applicationToken: string | null
  readonly eventToken: string | null
  readonly workflowId: string | null
  readonly document: ActionDocument | null
  readonly settings: RawSettings
  /** False when the designer chose not to wait: then nobody may be answered. */
  readonly isWaitedFor: boolean
}

export function readHostStep(form: unknown): HostStep {
  return {
    memberId: field(form, 'auth', 'member_id'),
    applicationToken: field(form, 'auth', 'application_token'),
    eventToken: field(form, 'event_token'),
    workflowId: field(form, 'workflow_id'),
    document: documentOf(field(form, 'document_id', '2') ?? ''),
    settings: settingsOf((form as { properties?: unknown } | null)?.properties),
    isWaitedFor: field(form, 'use_subscription')?.toUpperCase() !== 'N',
  }
}

const entityTypes: Readonly<Record<string, number>> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4, QUOTE: 7, SMART_INVOICE: 31 }

/** `DEAL_7` → deal 7; `DYNAMIC_147_1` → item 1 of smart process 147. */
export function documentOf(id: string): ActionDocument | null {
  const dynamic = /^DYNAMIC_(\d{1,9})_(\d{1,9})$/.exec(id)
  if (dynamic)
    return { entityTypeId: Number(dynamic[1]), entityId: Number(dynamic[2]) }
  const named = /^([A-Z_]+)_(\d{1,9})$/.exec(id)
  const entityTypeId = entityTypes[named?.[1] ?? '']
  return entityTypeId === undefined ? null : { entityTypeId, entityId: Number(named?.[2]) }
}

const longestValue = 4_000

/** Everything as text; several values joined by commas, an absent one empty. */
function settingsOf(properties: unknown): RawSettings {
  if (typeof properties !== 'object' || properties === null)
    return {}
  return Object.fromEntries(Object.entries(properties).slice(0, 100).map(([id, value]) => [storable(id), storable(textOf(value).slice(0, longestValue))]))
}

/** No column holds a zero character or half of an emoji; a step is not lost for one. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number')
    return String(value)
  if (typeof value === 'boolean')
    return value ? 'Y' : 'N'
  if (typeof value === 'object' && value !== null)
    return Object.values(value).map(textOf).filter(Boolean).join(',')
  return ''
}
