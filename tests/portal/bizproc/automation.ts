import type { ItemChange, Portal } from '../state.ts'
import type { WorkflowInstance } from '../state.bizproc.ts'
import type { DocumentId, Template, TriggerBinding } from './model.ts'
import { stagesOf } from '../crm/stages.ts'
import { findDocument, writeDocument } from './document-values.ts'
import { documentIdOf, documentTypeOf, isSameType } from './documents.ts'
import { startWorkflow, terminateWorkflow } from './engine.ts'
import { logText } from './workflow-log.ts'

const onCreation = 1
const onChange = 2

function templatesFor(portal: Portal, entityTypeId: number): Template[] {
  const documentType = documentTypeOf(entityTypeId)
  return [...portal.bizproc.templates.values()].filter(template => isSameType(template.documentType, documentType))
}

function runningOn(portal: Portal, documentId: DocumentId): WorkflowInstance[] {
  return [...portal.bizproc.instances.values()]
    .filter(({ status, documentId: other }) => status === 'running' && other[2] === documentId[2] && other[1] === documentId[1])
}

/** Rules of the stage that the record left stop where they stand. */
function stopStageRules(portal: Portal, documentId: DocumentId): void {
  for (const instance of runningOn(portal, documentId)) {
    if (portal.bizproc.templates.get(instance.templateId)?.kind === 'robots')
      terminateWorkflow(portal, instance, logText(portal, 'stageLeft'))
  }
}

function onItemChange(portal: Portal, change: ItemChange): void {
  const { kind, entityTypeId, id, before, after, userId, byAutomation } = change
  const documentId = documentIdOf(entityTypeId, id)
  if (kind === 'deleted') {
    for (const instance of runningOn(portal, documentId))
      terminateWorkflow(portal, instance, logText(portal, 'documentDeleted'))
    return
  }
  if (!change.startsAutomation)
    return
  const hasMoved = kind === 'added' || before?.stageId !== after?.stageId
  const flag = kind === 'added' ? onCreation : onChange
  // A change made by a workflow starts no other workflow; stage rules run all the same.
  const isDue = ({ kind: of, stageId, autoExecute }: Template) => of === 'robots'
    ? hasMoved && stageId === after?.stageId
    : !byAutomation && (autoExecute & flag) !== 0
  const due = templatesFor(portal, entityTypeId).filter(isDue)
  if (hasMoved && kind === 'updated')
    stopStageRules(portal, documentId)
  for (const template of due)
    startWorkflow(portal, template, documentId, { userId })
}

export function startAutomation(portal: Portal): void {
  portal.onClose(portal.crm.onChange(change => onItemChange(portal, change)))
}

/** Among the stages a trigger stands on, the earliest that the record may move to. */
function targetStage(portal: Portal, documentId: DocumentId, bindings: readonly TriggerBinding[]): string | null {
  const found = findDocument(portal, documentId)
  if (!found)
    return null
  const stages = stagesOf(portal.crm, found.entityTypeId, Number(found.item.categoryId ?? 0)).map(({ statusId }) => statusId)
  const current = stages.indexOf(String(found.item.stageId))
  const reachable = bindings
    .map(({ stageId, isBackwardAllowed }) => ({ at: stages.indexOf(stageId ?? ''), isBackwardAllowed }))
    .filter(({ at, isBackwardAllowed }) => at > current || (isBackwardAllowed && at >= 0 && at < current))
    .map(({ at }) => at)
  return reachable.length > 0 ? stages[Math.min(...reachable)] ?? null : null
}

export interface FiredTrigger {
  readonly clientId: string
  readonly code: string
  readonly userId: number
}

/** Does what the trigger is bound to for this record's type: moves the record, starts templates. */
export function fireTrigger(portal: Portal, documentId: DocumentId, { clientId, code, userId }: FiredTrigger): void {
  const found = findDocument(portal, documentId)
  if (!found)
    return
  const bindings = portal.bizproc.triggerBindings.filter(binding =>
    binding.appId === clientId && binding.code === code && isSameType(binding.documentType, found.documentType))
  const stageId = targetStage(portal, documentId, bindings)
  if (stageId)
    writeDocument(portal, documentId, [{ code: 'STAGE_ID', value: stageId }], userId)
  for (const { templateId } of bindings) {
    const template = templateId === null ? undefined : portal.bizproc.templates.get(templateId)
    if (template)
      startWorkflow(portal, template, documentId, { userId })
  }
}
