import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { processApi, processIds, type CrmTrigger, type ProcessId, type Processes } from '@comptoir/shared/processes/process.contract'
import type { Crm, CrmClient } from '../../platform/bitrix24/client.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { forgetTemplate, readTemplates, rememberTemplate } from './process-templates.postgres.ts'

export interface ProcessDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly clientId: string
  /** What the app registers as triggers of the CRM automation. */
  readonly triggers: readonly { readonly code: string, readonly title: CrmTrigger['title'] }[]
}

export function processRoutes(app: FastifyInstance, deps: ProcessDeps): void {
  const { db, crm, triggers } = deps

  serve(app, processApi.get, (_request, caller) => stateOf(deps, caller))

  serve(app, processApi.installTriggers, async (_request, caller) => {
    const client = crm.for(caller.portal.id)
    // Adding a trigger that is there renames it: once more does no harm.
    for (const { code, title } of triggers)
      await client.call('crm.automation.trigger.add', { CODE: code, NAME: title[languageOf(caller)] }, { isRepeatable: true })
    return stateOf(deps, caller)
  })

  serve(app, processApi.install, async ({ params }, caller) => {
    await install(deps, caller, params.processId)
    return stateOf(deps, caller)
  })

  serve(app, processApi.remove, async ({ params }, caller) => {
    const known = (await readTemplates(db, caller.portal.id)).get(params.processId)
    if (known !== undefined)
      await crm.for(caller.portal.id).call('bizproc.workflow.template.delete', { ID: known }).catch(unlessGone)
    await forgetTemplate(db, caller.portal.id, params.processId)
    return stateOf(deps, caller)
  })
}

const languageOf = ({ portal }: Caller): 'fr' | 'en' => portal.language === 'fr' ? 'fr' : 'en'

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden')

const refused = (error: unknown): unknown =>
  isRefusal(error) ? new AppError('process.refused', { details: { hostCode: error.details.hostCode }, cause: error }) : error

/** What somebody else has deleted or taken over is not ours any more. */
function unlessGone(error: unknown): void {
  const gone = ['ERROR_TEMPLATE_NOT_FOUND', 'ERROR_TEMPLATE_NOT_OWNER']
  if (!isRefusal(error) || !gone.includes(String(error.details.hostCode)))
    throw refused(error)
}

async function install({ db, crm, clientId }: ProcessDeps, caller: Caller, id: ProcessId): Promise<void> {
  const { portal, viewer } = caller
  const client = crm.for(portal.id)
  if ((await presentTemplates(client, await readTemplates(db, portal.id))).get(id) === 'installed')
    return
  const codes = Object.values((await client.call('bizproc.activity.list')).result ?? {}).map(String)
  const { actionOf, processTemplate, companyDocument } = await import('./process-templates.ts')
  if (!codes.includes(actionOf(id).activityCode))
    throw new AppError('process.action_missing')
  const { name, description, file } = processTemplate(id, { clientId, language: languageOf(caller) })
  try {
    const { result } = await client.call('bizproc.workflow.template.add', {
      DOCUMENT_TYPE: [...companyDocument], NAME: name, DESCRIPTION: description, TEMPLATE_DATA: [`comptoir-${id}.bpt`, file], AUTO_EXECUTE: 0,
    })
    await rememberTemplate(db, portal.id, { process: id, templateId: Number(result), userId: viewer.userId })
  }
  catch (error) {
    throw refused(error)
  }
}

type Presence = Processes['templates'][number]['state']

async function stateOf({ db, crm, triggers }: ProcessDeps, { portal, viewer }: Caller): Promise<Processes> {
  const client = viewer.isAdmin ? crm.for(portal.id) : null
  const [codes, templates] = await Promise.all([triggerCodes(client), presentTemplates(client, await readTemplates(db, portal.id))])
  return {
    isAdmin: viewer.isAdmin,
    triggers: triggers.map(({ code, title }) => ({ code, title, state: codes ? codes.has(code) ? 'installed' : 'absent' : 'unknown' })),
    templates: processIds.map(id => ({ id, state: templates.get(id) ?? 'unknown' })),
  }
}

/** Null when the portal does not tell. */
async function triggerCodes(client: Pick<CrmClient, 'call'> | null): Promise<ReadonlySet<string> | null> {
  if (!client)
    return null
  try {
    const { result } = await client.call<unknown>('crm.automation.trigger.list')
    return new Set(Object.values(result ?? {}).map(one => String((one as { CODE?: unknown }).CODE)))
  }
  catch (error) {
    if (isRefusal(error))
      return null
    throw error
  }
}

/** What we added and the portal still has. */
async function presentTemplates(client: Pick<CrmClient, 'call'> | null, known: ReadonlyMap<string, number>): Promise<ReadonlyMap<ProcessId, Presence>> {
  if (!client)
    return new Map()
  try {
    const ids = [...known.values()]
    const { result } = ids.length > 0 ? await client.call<unknown>('bizproc.workflow.template.list', { SELECT: ['ID'], FILTER: { ID: ids } }) : { result: [] }
    const there = new Set(Object.values(result ?? {}).map(one => Number((one as { ID?: unknown }).ID)))
    return new Map(processIds.map(id => [id, there.has(known.get(id) ?? 0) ? 'installed' : 'absent']))
  }
  catch (error) {
    if (isRefusal(error))
      return new Map()
    throw error
  }
}
