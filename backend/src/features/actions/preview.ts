import type { ActionDocument, ActionPreview } from '@comptoir/shared/actions/action.contract'
import { actions, type ActionId } from '@comptoir/shared/actions/definitions'
import { expressionsIn, fillIn } from '@comptoir/shared/actions/expression'
import { checkSettings, type RawSettings } from '@comptoir/shared/actions/settings'
import { AppError } from '@comptoir/shared/errors'
import type { OperationContext } from './operation.ts'
import { planRun, type Operations } from './run.ts'

export interface PreviewDeps {
  readonly operations: Readonly<Record<ActionId, Operations>>
  /** Values of a record's fields by the host's names (`TITLE`), as far as the mirror knows them. */
  readonly fieldsOf: (context: OperationContext, document: ActionDocument, names: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

export interface PreviewRequest {
  readonly settings: RawSettings
  readonly document: ActionDocument | null
  readonly samples?: Readonly<Record<string, string>>
}

/** What the action would answer for this record now: the same plan as a run, never applied. */
export async function previewAction(deps: PreviewDeps, context: OperationContext, actionId: ActionId, request: PreviewRequest): Promise<ActionPreview> {
  const { settings, document } = request
  const edited = checkSettings(actions[actionId], settings, { isResolved: false })
  const used = edited.settings?.values ?? settings
  const expressions = await knownExpressions(deps, { ...context, document }, used, request.samples ?? {})
  const known = new Map([...expressions].flatMap(([text, value]) => value === null ? [] : [[text, value] as const]))
  const filled = Object.fromEntries(Object.entries(settings).map(([id, text]) => [id, fillIn(text, known).text]))
  const listed = [...expressions].map(([text, value]) => ({ text, value }))
  const nothing: ActionPreview = { returns: null, message: null, effects: [], problems: [], expressions: listed, failure: null }
  if (edited.problems.length > 0)
    return { ...nothing, problems: [...edited.problems] }
  if (listed.some(({ value }) => value === null))
    return nothing
  try {
    const plan = await planRun(deps.operations, { ...context, document }, actionId, filled)
    return { ...nothing, returns: { ...plan.returns, message: plan.message }, message: plan.message, effects: [...plan.effects] }
  }
  catch (error) {
    if (error instanceof AppError)
      return { ...nothing, failure: { code: error.code, details: { ...error.details } } }
    throw error
  }
}

/** The expressions that matter, each with its sample, else its value in the record, else null. */
async function knownExpressions(deps: PreviewDeps, context: OperationContext, values: RawSettings, samples: Readonly<Record<string, string>>): Promise<Map<string, string | null>> {
  const all = [...new Set(Object.values(values).flatMap(expressionsIn))]
  const names = all.flatMap(text => /^\{=Document:([^{}]+)\}$/.exec(text)?.[1] ?? [])
  const fields = context.document && names.length > 0 ? await deps.fieldsOf(context, context.document, names) : new Map<string, string>()
  return new Map(all.map((text) => {
    const name = /^\{=Document:([^{}]+)\}$/.exec(text)?.[1]
    return [text, samples[text] ?? (name ? fields.get(name) : undefined) ?? null]
  }))
}
