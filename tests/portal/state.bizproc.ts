import { randomBytes } from 'node:crypto'
import type { DocumentId, DocumentType, Step, Template, TriggerBinding } from './bizproc/model.ts'

export type LocalizedText = string | Record<string, string>

/** A property of a robot or activity, inner keys as the app sent them. */
export type ActivityProperty = Record<string, unknown>

/** A robot or activity that an app registered. */
export interface AppRegistration {
  kind: 'robot' | 'activity'
  /** md5 of `clientId@code`: what templates refer to. */
  internalId: string
  clientId: string
  code: string
  handler: string
  authUserId: number
  useSubscription: 'Y' | 'N' | ''
  name: LocalizedText
  description: LocalizedText
  properties: Record<string, ActivityProperty>
  returnProperties: Record<string, ActivityProperty>
  documentType: string[] | null
  filter: { INCLUDE?: unknown[], EXCLUDE?: unknown[] } | null
  usePlacement: boolean
  placementHandler: string | null
}

export type WorkflowStatus = 'running' | 'completed' | 'terminated' | 'failed'

/** What a running workflow stands at. */
export interface WorkflowWait {
  kind: 'app' | 'delay' | 'approve'
  stepName: string
  /** Clock milliseconds; null waits without a limit. */
  until: number | null
  /** Only for `app`. */
  eventToken: string | null
}

export interface WorkflowInstance {
  id: string
  templateId: number
  documentId: DocumentId
  documentType: DocumentType
  startedAt: number
  startedBy: number
  modifiedAt: number
  finishedAt: number | null
  status: WorkflowStatus
  /** Text shown beside the status, set on termination. */
  statusText: string
  isLogging: boolean
  /** All steps as they were at the start: edits of the template leave it alone. */
  steps: readonly Step[]
  /** Steps still to run, the next one first. */
  remaining: readonly Step[]
  wait: WorkflowWait | null
  parameters: Record<string, unknown>
  variables: Record<string, unknown>
  constants: Record<string, unknown>
  /** What each step returned, by step name. */
  results: Record<string, Record<string, unknown>>
}

/** A question to one person, open until somebody answers it. */
export interface WorkflowTask {
  id: number
  workflowId: string
  stepName: string
  name: string
  description: string
  userId: number
  /** 0 in progress, 1 approved, 2 rejected, 3 completed, 4 overdue. */
  status: 0 | 1 | 2 | 3 | 4
  modifiedAt: number
}

/** An app's own trigger (`crm.automation.trigger.add`). */
export interface AutomationTrigger {
  clientId: string
  code: string
  name: string
}

export interface WorkflowLogEntry {
  workflowId: string
  documentId: DocumentId
  stepName: string | null
  event: 'started' | 'stepStarted' | 'called' | 'answered' | 'timedOut' | 'logged' | 'failed' | 'finished' | 'terminated'
  message: string
  details: Record<string, unknown>
  at: number
}

export interface BizprocState {
  /** By `internalId`. */
  readonly registrations: Map<string, AppRegistration>
  readonly templates: Map<number, Template>
  readonly instances: Map<string, WorkflowInstance>
  readonly tasks: Map<number, WorkflowTask>
  readonly triggers: AutomationTrigger[]
  readonly triggerBindings: TriggerBinding[]
  readonly log: WorkflowLogEntry[]
  /** Signs event tokens. */
  readonly secret: string
}

export const createBizprocState = (): BizprocState => ({
  registrations: new Map(),
  templates: new Map(),
  instances: new Map(),
  tasks: new Map(),
  triggers: [],
  triggerBindings: [],
  log: [],
  secret: randomBytes(32).toString('hex'),
})
