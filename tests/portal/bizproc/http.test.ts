import type { RunningPortal } from '../server.ts'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from '../state.ts'
import { createServer } from 'node:http'
import { stringify } from 'qs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishInstall, registerApp } from '../apps/lifecycle.ts'
import { issueToken } from '../apps/tokens.ts'
import { parseQuery } from '../rest/form.ts'
import { startPortal } from '../server.ts'
import { logOf } from './workflow-log.ts'

/** An app that answers with the tokens the request brought, as one outside of this process would. */

interface RunRequest {
  event_token: string
  document_id: string[]
  auth: { access_token: string, client_endpoint: string }
}

type Answer = Record<string, unknown>

async function post(url: string, params: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: stringify(params),
  })
  return await response.json() as Answer
}

describe('an app across the wire', () => {
  let running: RunningPortal
  let appServer: Server
  let app: App
  const answers: Promise<Answer>[] = []

  beforeAll(async () => {
    running = await startPortal()
    appServer = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { event_token: token, auth } = parseQuery(Buffer.concat(chunks).toString('utf8')) as unknown as RunRequest
        response.writeHead(200).end()
        answers.push(post(`${auth.client_endpoint}bizproc.event.send.json`, { auth: auth.access_token, EVENT_TOKEN: token, RETURN_VALUES: { score: '42' } }))
      })
    })
    await new Promise<void>(resolve => appServer.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(appServer.address() as AddressInfo).port}`
    app = registerApp(running.portal, { title: 'App', handlerUrl: `${origin}/`, installerUrl: `${origin}/install`, scopes: ['bizproc', 'crm'] })
    finishInstall(running.portal, app)
  })

  afterAll(async () => {
    await running.close()
    await new Promise<void>((resolve) => {
      appServer.closeAllConnections()
      appServer.close(() => resolve())
    })
  })

  it('registers, is called with a token of its user, answers with it, and the record changes', async () => {
    const { portal, url } = running
    const auth = issueToken(portal, app, 1).accessToken
    const rest = (method: string, params: Record<string, unknown>) => post(`${url}/rest/${method}`, { auth, ...params })
    const companyId = portal.crm.add(4, { title: 'Northwind' }, { userId: 1 }).id
    expect(await rest('bizproc.activity.add', {
      CODE: 'score',
      HANDLER: `${app.handlerUrl}run`,
      AUTH_USER_ID: 1,
      USE_SUBSCRIPTION: 'Y',
      NAME: 'Score',
      DOCUMENT_TYPE: ['crm', 'CCrmDocumentCompany', 'COMPANY'],
      RETURN_PROPERTIES: { Score: { Name: 'Score', Type: 'int' } },
    })).toMatchObject({ result: true })
    const { result: templateId } = await rest('bizproc.workflow.template.add', {
      DOCUMENT_TYPE: ['crm', 'CCrmDocumentCompany', 'COMPANY'],
      NAME: 'Score a company',
      TEMPLATE_DATA: JSON.stringify({ steps: [
        { type: 'app', name: 'A1_2_3_4', code: 'score' },
        { type: 'setFields', fields: { COMMENTS: 'Score {=A1_2_3_4:Score}' } },
      ] }),
    })
    const { result: workflowId } = await rest('bizproc.workflow.start', {
      TEMPLATE_ID: templateId,
      DOCUMENT_ID: ['crm', 'CCrmDocumentCompany', `COMPANY_${companyId}`],
    })
    await portal.queue.idle()
    await expect.poll(() => answers.length).toBe(1)
    expect(await answers[0]).toMatchObject({ result: true })
    expect(portal.crm.items(4)?.get(companyId)?.comments).toBe('Score 42')
    expect(logOf(portal, String(workflowId)).at(-1)?.event).toBe('finished')
  })
})
