import type { Session } from '../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '../testing/session.ts'

describe('batch', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({ data: 'generate:3000' })
  })
  afterAll(() => session.close())

  const batch = (cmd: unknown, more: object = {}) => session.call('batch', { cmd, ...more })

  it('chains keyset pages through references inside nested parameters', async () => {
    const cmd: Record<string, string> = {}
    for (let page = 0; page < 5; page++) {
      const after = page === 0 ? '1000' : `$result[p${page - 1}][items][49][id]`
      cmd[`p${page}`] = `crm.item.list?entityTypeId=2&start=-1&${encodeURIComponent('order[id]')}=ASC&select[]=id&${encodeURIComponent('filter[>id]')}=${encodeURIComponent(after)}`
    }
    const { result } = await batch(cmd)
    const ids = Object.values(result.result as Record<string, { items: { id: number }[] }>).flatMap(({ items }) => items.map(({ id }) => id))
    expect(ids).toEqual(Array.from({ length: 250 }, (_, at) => 1001 + at))
  })

  it('puts a reference into the middle of a text', async () => {
    const { result } = await batch({ me: 'profile', look: 'user.access?ACCESS[]=U$result[me][ID]' })
    expect(result.result.look).toBe(true)
  })

  it('writes answers as PHP does: lists for counted keys, empty maps as lists', async () => {
    const { result } = await batch(['server.time', 'profile'])
    expect(result.result).toHaveLength(2)
    expect(result.result_error).toEqual([])
    expect(result.result_total).toEqual([])
    const failed = await batch({ a: 'no.such.method' })
    expect(failed).toMatchObject({ status: 200, result: { result: [], result_error: { a: { error: 'ERROR_METHOD_NOT_FOUND' } }, result_time: [] } })
  })

  it('tells totals and next pages by key', async () => {
    const { result } = await batch({ deals: 'crm.deal.list?select[]=ID', time: 'server.time' })
    expect(result.result_total).toEqual({ deals: 3000 })
    expect(result.result_next).toEqual({ deals: 50 })
    expect(Object.keys(result.result_time)).toEqual(['deals', 'time'])
  })

  it('stops at the first failure only when told to', async () => {
    const cmd = { a: 'server.time', b: 'crm.deal.get?id=999999', c: 'server.time' }
    expect(Object.keys((await batch(cmd)).result.result)).toEqual(['a', 'c'])
    const halted = await batch(cmd, { halt: 1 })
    expect(Object.keys(halted.result.result)).toEqual(['a'])
    expect(Object.keys(halted.result.result_error)).toEqual(['b'])
  })

  it('runs fifty commands and refuses the rest and a batch inside', async () => {
    const many = Object.fromEntries(Array.from({ length: 52 }, (_, at) => [`c${at}`, 'server.time']))
    const { result } = await batch(many)
    expect(Object.keys(result.result)).toHaveLength(50)
    expect(result.result_error).toMatchObject({ c50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' }, c51: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' } })
    expect((await batch({ inner: 'batch?cmd[a]=profile' })).result.result_error).toMatchObject({ inner: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } })
  })

  it('reads fifty pages of a million deals in well under a second of work', async () => {
    const big = await openSession({ data: 'generate:1000000' })
    const cmd: Record<string, string> = {}
    for (let page = 0; page < 50; page++)
      cmd[`p${page}`] = `crm.item.list?entityTypeId=2&start=-1&order[id]=ASC&filter[>id]=${page === 0 ? 700_000 : encodeURIComponent(`$result[p${page - 1}][items][49][id]`)}`
    await big.call('batch', { cmd })
    const before = process.cpuUsage()
    const { result } = await big.call('batch', { cmd })
    const { user, system } = process.cpuUsage(before)
    expect(result.result.p49.items.at(-1).id).toBe(702_500)
    expect((user + system) / 1000).toBeLessThan(900)
    await big.close()
  })
})
