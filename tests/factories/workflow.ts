import { actionApi, type ActionRun } from '@comptoir/shared/actions/action.contract'
import { createTemplate } from '../portal/bizproc/designer.ts'
import { documentIdOf, documentTypeOf } from '../portal/bizproc/documents.ts'
import { startWorkflow } from '../portal/bizproc/engine.ts'
import type { Step } from '../portal/bizproc/model.ts'
import { logOf } from '../portal/bizproc/workflow-log.ts'
import type { WorkflowInstance } from '../portal/state.bizproc.ts'
import { waitFor } from './comptoir.ts'
import type { PortalStage } from './portal-stage.ts'

export const vendorCode = 'comptoir_vendor_management'
export const analyticsCode = 'comptoir_business_analytics'
export const stepName = 'A1_1_1_1'

export interface WorkflowOptions {
  readonly code?: string
  readonly properties: Readonly<Record<string, string>>
  readonly entityTypeId?: number
  readonly itemId: number
  readonly timeoutSeconds?: number
  /** The branch is taken when this holds of the action's answer; the record is then called « Yes », else « No ». */
  readonly when?: { readonly left: string, readonly operator: '=' | '>' | '>=', readonly right: string }
}

export interface Workflow {
  readonly instance: WorkflowInstance
  /** What the step returned to the process. */
  results(): Record<string, unknown>
  title(): unknown
  messages(): string[]
  /** The process has ended, and Comptoir's run is over. */
  ended(): Promise<void>
}

/** A process with one step of ours and a condition on its answer, started by a person. */
export function runWorkflow({ portal, app }: PortalStage, options: WorkflowOptions): Workflow {
  const { code = vendorCode, properties, entityTypeId = 2, itemId, timeoutSeconds = 0, when = { left: `{=${stepName}:success}`, operator: '=', right: 'Y' } } = options
  const rename = (title: string, name: string): Step => ({ type: 'setFields', name, title, fields: { TITLE: title } })
  const template = createTemplate(portal, {
    name: 'Process', documentType: documentTypeOf(entityTypeId), userId: 1,
    steps: [
      { type: 'app', name: stepName, title: 'Action', appId: app.clientId, code, properties, timeoutSeconds, isWaiting: true },
      { type: 'condition', name: 'A2_2_2_2', title: 'Condition', conditions: [when], then: [rename('Yes', 'A3_3_3_3')], else: [rename('No', 'A4_4_4_4')] },
    ],
  })
  const instance = startWorkflow(portal, template, documentIdOf(entityTypeId, itemId), { userId: 2 })
  return {
    instance,
    results: () => instance.results[stepName] ?? {},
    title: () => portal.crm.items(entityTypeId)?.get(itemId)?.title,
    messages: () => logOf(portal, instance.id).map(({ message }) => message),
    async ended() {
      await waitFor(() => instance.status !== 'running', 'the end of the process')
      await portal.queue.idle()
    },
  }
}

export async function runsOf(stage: PortalStage, workflow: Workflow): Promise<ActionRun[]> {
  const { body } = await stage.call(actionApi.runs)
  return body.runs.filter(({ workflowId }) => workflowId === workflow.instance.id)
}

/** The one run of a process, once it is over. */
export const runOf = (stage: PortalStage, workflow: Workflow): Promise<ActionRun> =>
  waitFor(async () => (await runsOf(stage, workflow)).find(({ finishedAt, rerunOf }) => finishedAt !== null && rerunOf === null), 'the end of the run')

/** Answers that reached the portal, whatever it said to them. */
export const answersTo = ({ portal }: PortalStage): { status: number }[] =>
  portal.journal.read('rest').filter(({ method }) => method === 'bizproc.event.send') as unknown as { status: number }[]
