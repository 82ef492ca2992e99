import type { FastifyInstance } from 'fastify'
import { actionApi, type ActionChoices, type CatalogueEntry } from '@comptoir/shared/actions/action.contract'
import { actionIds, actions, type ActionId } from '@comptoir/shared/actions/definitions'
import type { Crm } from '../../platform/bitrix24/client.ts'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { messageLanguage, type OperationContext } from './operation.ts'
import { previewAction, type PreviewDeps } from './preview.ts'
import { findRecords } from './records.postgres.ts'
import { registeredCodes, type Kind } from './registered-codes.ts'
import { registrationsOf, registrationVersion } from './registration.ts'
import { forgetRegistration, readRegisteredVersions, rememberRegistration } from './registrations.postgres.ts'
import { findRun, listRuns } from './runs.postgres.ts'

export interface ActionRoutesDeps extends PreviewDeps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
  readonly publicUrl: string
  readonly now: () => Date
  /** What settings can name, as far as this person may see it. */
  readonly choices: (caller: Pick<Caller, 'portal' | 'viewer'>) => Promise<ActionChoices>
  readonly rerun: (portal: PortalRecord, runId: string, userId: number) => Promise<string>
}

export function actionRoutes(app: FastifyInstance, deps: ActionRoutesDeps): void {
  const { db } = deps

  serve(app, actionApi.catalogue, async (_, { portal, viewer }) => ({
    actions: await catalogue(deps, portal, { mayAsk: viewer.isAdmin }), isAdmin: viewer.isAdmin,
  }))

  serve(app, actionApi.install, async ({ params }, { portal }) => {
    const actionId = params.actionId as ActionId
    const client = deps.crm.for(portal.id)
    const known = await registeredCodes(client)
    for (const { kind, code, fields } of registrationsOf(actionId, { publicUrl: deps.publicUrl, authUserId: portal.installerUserId })) {
      if (known[kind]?.has(code))
        await client.call(`bizproc.${kind}.update`, { CODE: code, FIELDS: fields })
      else if (known[kind])
        await client.call(`bizproc.${kind}.add`, { CODE: code, ...fields })
    }
    await rememberRegistration(db, portal.id, actionId, registrationVersion)
    return entryOf(deps, portal, actionId)
  })

  serve(app, actionApi.remove, async ({ params }, { portal }) => {
    const actionId = params.actionId as ActionId
    const known = await registeredCodes(deps.crm.for(portal.id))
    for (const { kind, code } of registrationsOf(actionId, { publicUrl: deps.publicUrl, authUserId: portal.installerUserId })) {
      if (known[kind]?.has(code))
        await deps.crm.for(portal.id).call(`bizproc.${kind}.delete`, { CODE: code })
    }
    await forgetRegistration(db, portal.id, actionId)
    return entryOf(deps, portal, actionId)
  })

  serve(app, actionApi.choices, (_, caller) => deps.choices(caller))

  serve(app, actionApi.documents, async ({ query }, { portal }) =>
    ({ documents: await findRecords(db, portal.id, query.entityTypeId, query.search?.trim() ?? '') }))

  serve(app, actionApi.preview, ({ params, body }, caller) =>
    previewAction(deps, contextOf(caller, deps.now()), params.actionId as ActionId, body))

  serve(app, actionApi.runs, ({ query }, { portal }) => listRuns(db, portal.id, query))

  serve(app, actionApi.rerun, async ({ params }, { portal, viewer }) =>
    findRun(db, portal.id, await deps.rerun(portal, params.runId, viewer.userId)))
}

const contextOf = ({ portal, viewer }: Caller, now: Date): OperationContext =>
  ({ portal, viewer, document: null, language: messageLanguage(portal.language), now })

async function catalogue(deps: ActionRoutesDeps, portal: PortalRecord, { mayAsk }: { mayAsk: boolean }): Promise<CatalogueEntry[]> {
  const codes = mayAsk ? await registeredCodes(deps.crm.for(portal.id)) : null
  const versions = await readRegisteredVersions(deps.db, portal.id)
  return actionIds.map((actionId) => {
    const { activityCode, robotCode } = actions[actionId]
    const state = (kind: Kind, code: string) => codes?.[kind] ? codes[kind].has(code) ? 'installed' : 'absent' : 'unknown'
    return {
      actionId,
      activity: state('activity', activityCode),
      robot: state('robot', robotCode),
      installedVersion: versions.get(actionId) ?? null,
      currentVersion: registrationVersion,
    }
  })
}

async function entryOf(deps: ActionRoutesDeps, portal: PortalRecord, actionId: ActionId): Promise<CatalogueEntry> {
  const entry = (await catalogue(deps, portal, { mayAsk: true })).find(one => one.actionId === actionId)
  if (!entry)
    throw new RangeError(`no action ${actionId}`)
  return entry
}
