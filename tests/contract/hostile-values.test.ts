import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '@comptoir/shared/http/endpoint'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { postForm } from '../factories/portal-stage.ts'
import { everyEndpoint } from './contracts.ts'
import { sampleOf } from './sample.ts'

const endpoints = (await everyEndpoint()).filter(([, { access }]) => access !== 'open')

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  await comptoir.session(1)
})
afterAll(() => comptoir?.close())

type Twist = (value: unknown, key: string) => unknown

/** The value with every text or number in it replaced; identifiers of the address included. */
function twisted(value: unknown, twist: Twist, key = ''): unknown {
  if (Array.isArray(value))
    return value.map(one => twisted(one, twist, key))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, twisted(inner, twist, name)]))
  return twist(value, key)
}

const texts = (replacement: string): Twist => value => typeof value === 'string' ? replacement : value
const days = (replacement: string): Twist => value => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? replacement + value.slice(10) : value
const numbers = (replacement: number): Twist => value => typeof value === 'number' ? replacement : value

const twists: readonly [string, Twist][] = [
  ['a zero character', texts('a\u0000b')],
  ['half a character', texts('\ud800')],
  ['a text without end', texts('x'.repeat(5_000))],
  ['quotes and percent signs', texts(`'; drop table vendors; -- % _ \\ "`)],
  ['a number no column holds', numbers(Number.MAX_SAFE_INTEGER)],
  ['a number just beyond a column', numbers(2 ** 31)],
  ['a negative number', numbers(-1)],
  ['a fraction', numbers(0.5)],
  ['a day that does not exist', days('2026-02-30')],
  ['a day of the year 0', days('0000-01-01')],
  ['a day of the year 9999', days('9999-12-31')],
  ['null', () => null],
  ['a list', () => []],
]

function partsOf({ params, query, body, path }: Endpoint, twist: Twist) {
  const optional = (schema: object): unknown => sampleOf(schema, Object.fromEntries(Object.entries((schema as { properties?: Record<string, object> }).properties ?? {}).map(([name, inner]) => [name, sampleOf(inner)])))
  const ids = params ? twisted(optional(params), twist) as Record<string, string> : {}
  return {
    params: Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, String(ids[name] ?? '1').toWellFormed()])),
    ...query && { query: twisted(optional(query), twist) as Record<string, string> },
    ...body && { body: path === '/api/imports' ? 'Fournisseur;Montant\nX;1\n' : twisted(optional(body), twist) },
  }
}

it('a zero character in what the portal posts is no failure of ours either', async () => {
  for (const path of ['/p/deal-tab', '/p/install', '/bx/event', '/bx/action/comptoir_vendor_management']) {
    const form = { 'member_id': 'a\u0000b', 'AUTH_ID': 'a\u0000b', 'APPLICATION_TOKEN': 'a\u0000b', 'auth[member_id]': 'a\u0000b', 'auth[application_token]': 'a\u0000b', 'event_token': 'a\u0000b' }
    expect({ path, isOurs: (await postForm(`${comptoir.url}${path}`, form)).status >= 500 }).toEqual({ path, isOurs: false })
  }
})

describe.each(endpoints)('%s', (_, endpoint) => {
  it('takes no value for a failure of its own', async () => {
    const answers: unknown[] = []
    for (const [name, twist] of twists) {
      const { status, body } = await comptoir.call(endpoint, partsOf(endpoint, twist), await comptoir.session(1))
      if (status >= 500)
        answers.push({ name, status, code: (body as { code?: string }).code })
    }
    expect(answers).toEqual([])
  })
})
