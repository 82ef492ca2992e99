import type { AddressInfo } from 'node:net'
import type { Caller } from '../rest/registry.ts'
import type { App, Portal, User } from '../state.ts'
import type { AppStep, Template } from './model.ts'
import type { TemplateDraft } from './designer.ts'
import { createServer } from 'node:http'
import { finishInstall, registerApp } from '../apps/lifecycle.ts'
import { createPortal } from '../portal.ts'
import { execute } from '../rest/engine.ts'
import { parseQuery } from '../rest/form.ts'
import { createRegistry } from '../rest/registry.ts'
import { createTemplate } from './designer.ts'
import { documentTypeOf } from './documents.ts'
import { registerBizproc } from './index.ts'

/** A portal with three people, a pipeline, a smart process and one installed app whose handler is real HTTP. */

export interface Received {
  readonly path: string
  readonly contentType: string
  readonly body: Record<string, unknown>
}

interface Handler {
  readonly url: string
  readonly received: Received[]
  answerWith(status: number): void
  close(): Promise<void>
}

async function openHandler(): Promise<Handler> {
  const received: Received[] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        contentType: request.headers['content-type'] ?? '',
        body: parseQuery(Buffer.concat(chunks).toString('utf8')),
      })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next) => { status = next },
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

const person = (id: number, rest: Partial<User> = {}): User => ({
  id,
  name: `Name${id}`,
  lastName: `Last${id}`,
  email: `u${id}@example.test`,
  position: '',
  gender: '',
  language: 'en',
  timeZone: 'Europe/Paris',
  departmentIds: [1],
  isAdmin: id === 1,
  isExtranet: false,
  isActive: true,
  crm: { deals: 'all', mayEditDeals: true, mayImport: true, hiddenCompanyIds: [] },
  ...rest,
})

export const dynamicTypeId = 147

function fillIn(portal: Portal): void {
  for (const id of [1, 2, 3])
    portal.users.set(id, person(id))
  portal.departments.set(1, { id: 1, name: 'Sales', sort: 10, parentId: null, headId: 2 })
  const stage = (entityId: string, statusId: string, sort: number, semantics: 'P' | 'S' | 'F') => portal.crm.statuses.push({
    id: portal.nextId('status'), entityId, statusId, name: statusId, sort, isSystem: false, categoryId: 0, color: null, semantics,
  })
  for (const [at, [code, semantics]] of ([['NEW', 'P'], ['PREPARATION', 'P'], ['EXECUTING', 'P'], ['WON', 'S'], ['LOSE', 'F']] as const).entries())
    stage('DEAL_STAGE', code, at * 10, semantics)
  portal.crm.types.push({ id: 1, entityTypeId: dynamicTypeId, title: 'Contracts' })
  stage(`DYNAMIC_${dynamicTypeId}_STAGE_0`, `DT${dynamicTypeId}_0:NEW`, 10, 'P')
}

export const actionCode = 'check_vendor'

export interface Stage {
  readonly portal: Portal
  readonly app: App
  readonly handler: Handler
  /** Calls REST as somebody, in the app's context unless told otherwise; answers status and body. */
  call(method: string, params?: Record<string, unknown>, as?: { userId?: number, app?: App | null }): Promise<{ status: number, body: Record<string, unknown> }>
  /** Registers the action that the tests run. */
  registerAction(changes?: Record<string, unknown>): Promise<void>
  deal(fields?: Record<string, unknown>): number
  template(draft?: Partial<TemplateDraft>): Template
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const handler = await openHandler()
  const portal = createPortal({ settings: { defaultLanguage: 'en' } })
  const registry = createRegistry()
  fillIn(portal)
  registerBizproc({ portal, rest: registry, app: null as never })
  const app = registerApp(portal, { title: 'App', handlerUrl: `${handler.url}/app`, installerUrl: `${handler.url}/install`, scopes: ['bizproc', 'crm'] })
  finishInstall(portal, app)

  const call: Stage['call'] = (method, params = {}, { userId = 1, app: context = app } = {}) => {
    const caller: Caller = {
      user: portal.users.get(userId)!,
      app: context,
      webhook: context ? null : { userId, code: 'hook', scopes: ['bizproc', 'crm'] },
      token: null,
      scopes: new Set(['bizproc', 'crm']),
    }
    return execute({ portal, registry }, caller, method, params)
  }

  return {
    portal,
    app,
    handler,
    call,
    async registerAction(changes = {}) {
      const { body } = await call('bizproc.activity.add', {
        CODE: actionCode,
        HANDLER: `${handler.url}/run`,
        AUTH_USER_ID: 1,
        USE_SUBSCRIPTION: 'Y',
        NAME: { en: 'Check a vendor', fr: 'Vérifier un fournisseur' },
        PROPERTIES: {
          mode: { Name: 'Mode', Type: 'select', Options: { full: 'Full', quick: 'Quick' }, Default: 'quick' },
          tags: { Name: 'Tags', Type: 'string', Multiple: 'Y' },
          note: { Name: 'Note', Type: 'text' },
        },
        RETURN_PROPERTIES: { score: { Name: 'Score', Type: 'int' }, Standing: { Name: 'Standing', Type: 'string' } },
        ...changes,
      })
      if (body.error)
        throw new Error(JSON.stringify(body))
    },
    deal: (fields = {}) => portal.crm.add(2, { title: 'Chairs', opportunity: 1500, assignedById: 3, ...fields }, { userId: 1 }).id,
    template: draft => createTemplate(portal, { name: 'Check', documentType: documentTypeOf(2), userId: 1, ...draft }),
    async close() {
      await portal.close()
      await handler.close()
    },
  }
}

export const actionStep = (app: App, changes: Partial<AppStep> = {}): AppStep => ({
  type: 'app',
  name: 'A123_1_2_3',
  title: 'Check',
  appId: app.clientId,
  code: actionCode,
  properties: {},
  timeoutSeconds: 0,
  isWaiting: true,
  ...changes,
})
