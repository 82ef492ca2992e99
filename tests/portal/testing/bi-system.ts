import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { parseQuery } from '../rest/form.ts'
import type { Wire } from './session.ts'

/** A system that BI Builder can connect to: what it was asked, and what it answers by door. */
export interface BiSystem {
  readonly url: string
  readonly asked: { door: string, body: Record<string, Wire> }[]
  readonly answers: Record<string, unknown>
  status: number
  close(): Promise<void>
}

export async function openBiSystem(): Promise<BiSystem> {
  const asked: BiSystem['asked'] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => text += chunk)
    request.on('end', () => {
      const door = (request.url ?? '').slice(1)
      asked.push({ door, body: parseQuery(text) })
      const answer = system.answers[door]
      response.writeHead(system.status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const system: BiSystem = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers: {
      check: { ok: true },
      tables: [{ code: 'sales', title: 'Sales' }],
      table: [{ code: 'id', name: 'Number', type: 'int' }, { code: 'day', name: 'Day', type: 'date' }],
      data: [['id', 'day'], [1, '2026-01-02'], [2, '2026-01-03']],
    },
    status: 200,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
  return system
}

export const connectorOf = (url: string) => ({
  title: 'Stock', logo: 'data:image/svg+xml;base64,PHN2Zy8+', description: 'What is in stock',
  urlCheck: `${url}/check`, urlTableList: `${url}/tables`, urlTableDescription: `${url}/table`, urlData: `${url}/data`,
  settings: [{ code: 'token', name: 'Token', type: 'STRING' }],
})
