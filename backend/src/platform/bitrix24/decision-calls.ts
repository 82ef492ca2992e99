import { AppError } from '@comptoir/shared/errors'
import type { CrmClient } from './client.ts'
import { findTask } from './notice-calls.ts'
import { toMap } from './php-query.ts'

const deal = 2

/** Offered among the triggers of a deal's stages. */
export const decisionTrigger = { code: 'comptoir_decision_made', title: { fr: 'Comptoir : une décision a été prise', en: 'Comptoir: a decision was made' } } as const

/** Null for a deal that is gone. */
async function readDealStage(client: CrmClient, dealId: number): Promise<string | null> {
  const { result } = await client.call('crm.item.get', { entityTypeId: deal, id: dealId })
  const { stageId } = toMap(toMap(result).item)
  return typeof stageId === 'string' && stageId !== '' ? stageId : null
}

/** The same move twice is one move. */
async function moveDeal(client: CrmClient, dealId: number, stageId: string): Promise<void> {
  await client.call('crm.item.update', { entityTypeId: deal, id: dealId, fields: { stageId } }, { isRepeatable: true })
}

interface DealTask {
  readonly title: string
  readonly text: string
  readonly userId: number
  readonly dealId: number | null
  readonly deadline: Date
}

async function addDealTask(client: CrmClient, { title, text, userId, dealId, deadline }: DealTask): Promise<string> {
  const { result } = await client.call('tasks.task.add', {
    fields: { TITLE: title, DESCRIPTION: text, RESPONSIBLE_ID: userId, DEADLINE: deadline.toISOString(), ...dealId !== null && { UF_CRM_TASK: [`D_${dealId}`] } },
  })
  return String(toMap(toMap(result).task).id ?? '')
}

/** `mark` stands in the text of the one that is looked for. */
type SoughtTask = Pick<DealTask, 'title' | 'userId'> & { readonly mark: string }

/** Portals that have had Comptoir since before this trigger do not know it yet; the same twice is one. */
export async function registerDecisionTrigger(client: CrmClient, language: string): Promise<void> {
  await client.call('crm.automation.trigger.add', { CODE: decisionTrigger.code, NAME: decisionTrigger.title[language === 'fr' ? 'fr' : 'en'] }, { isRepeatable: true })
}

async function fireDecisionTrigger(client: CrmClient, dealId: number): Promise<void> {
  await client.call('crm.automation.trigger.execute', { CODE: decisionTrigger.code, OWNER_TYPE_ID: deal, OWNER_ID: dealId })
}

const documentId = (dealId: number): string[] => ['crm', 'CCrmDocumentDeal', `DEAL_${dealId}`]

async function startWorkflow(client: CrmClient, templateId: number, dealId: number): Promise<string> {
  const { result } = await client.call('bizproc.workflow.start', { TEMPLATE_ID: templateId, DOCUMENT_ID: documentId(dealId) })
  return String(result ?? '')
}

/** Clocks of two servers differ a little. */
const slackMs = 5_000

/** A process that a try whose answer was lost has left running. One that has ended already is not told by the portal. */
async function findWorkflow(client: CrmClient, templateId: number, dealId: number, since: Date): Promise<string | null> {
  const { result } = await client.call('bizproc.workflow.instances', {
    SELECT: ['ID', 'STARTED', 'TEMPLATE_ID', 'DOCUMENT_ID'], FILTER: { TEMPLATE_ID: templateId, DOCUMENT_ID: `DEAL_${dealId}` }, ORDER: { STARTED: 'DESC' },
  })
  const rows = Array.isArray(result) ? result.map(toMap) : []
  const found = rows.find(row => Number(row.TEMPLATE_ID) === templateId && row.DOCUMENT_ID === `DEAL_${dealId}` && Date.parse(String(row.STARTED ?? '')) >= since.getTime() - slackMs)
  return found ? String(found.ID) : null
}

const pageSize = 50
/** Nobody chooses among more; a portal that answers the same page for ever must not hold us up. */
const mostPages = 20

/** Processes of deals by name; null where the portal does not tell: some plans have none. */
export async function listDealWorkflows(client: CrmClient): Promise<{ id: string, name: string }[] | null> {
  const found = new Map<string, string>()
  try {
    for (let page = 0; page < mostPages; page++) {
      const { result, next } = await client.call('bizproc.workflow.template.list', {
        SELECT: ['ID', 'NAME'], FILTER: { MODULE_ID: 'crm', ENTITY: 'CCrmDocumentDeal' }, ORDER: { NAME: 'ASC' }, start: page * pageSize,
      })
      for (const row of Array.isArray(result) ? result.map(toMap) : [])
        found.set(String(row.ID), String(row.NAME ?? ''))
      if (next === null)
        break
    }
  }
  catch (error) {
    if (error instanceof AppError)
      return null
    throw error
  }
  return [...found].map(([id, name]) => ({ id, name }))
}

/** What a decision asks of a portal, in our words. */
export const dealCalls = (client: CrmClient) => ({
  stageOf: (dealId: number) => readDealStage(client, dealId),
  moveDeal: (dealId: number, stageId: string) => moveDeal(client, dealId, stageId),
  addTask: (task: DealTask) => addDealTask(client, task),
  findTask: (task: SoughtTask, since: Date) => findTask(client, task, since),
  fireTrigger: (dealId: number) => fireDecisionTrigger(client, dealId),
  startWorkflow: (templateId: number, dealId: number) => startWorkflow(client, templateId, dealId),
  findWorkflow: (templateId: number, dealId: number, since: Date) => findWorkflow(client, templateId, dealId, since),
})
