import { describe, expect, it } from 'vitest'
import qs from 'qs'
import { batchBody, readBatch, type BatchAnswer, type Command } from './batch.ts'
import { streamKeyset, type KeysetList } from './keyset.ts'

type Unresolved = 'restarts' | 'fails' | 'nothing'

/** A host with these ids that works a batch off as the platform does, references included. */
function createHost(ids: readonly number[], { unresolved = 'restarts', onCommand }: { unresolved?: Unresolved, onCommand?: (key: string) => Record<string, unknown> | undefined } = {}) {
  const host = {
    requests: 0,
    commands: 0,
    async batch(commands: readonly Command[]): Promise<BatchAnswer> {
      host.requests++
      const cmd = batchBody(commands).cmd as Record<string, string>
      const result: Record<string, { items: { id: number }[] }> = {}
      const errors: Record<string, unknown> = {}
      const totals: Record<string, number> = {}
      for (const [key, text] of Object.entries(cmd)) {
        host.commands++
        const planted = onCommand?.(key)
        if (planted) {
          errors[key] = planted
          continue
        }
        const query = qs.parse(text.split('?')[1] ?? '') as { filter: Record<string, string>, start: string }
        const above = resolve(query.filter['>id'] ?? '', result)
        if (above === null && unresolved === 'fails') {
          errors[key] = { error: 'INVALID_ARG_VALUE', error_description: '' }
          continue
        }
        const from = above ?? (unresolved === 'nothing' ? Number.POSITIVE_INFINITY : 0)
        const first = ids.findIndex(id => id > from)
        result[key] = { items: first < 0 ? [] : ids.slice(first, first + 50).map(id => ({ id })) }
        if (query.start === '0')
          totals[key] = first < 0 ? 0 : ids.length - first
      }
      return readBatch({ result: { result, result_error: phpMap(errors), result_total: phpMap(totals), result_next: [], result_time: [] } })
    },
  }
  return host
}

function resolve(value: string, result: Record<string, { items: { id: number }[] }>): number | null {
  const reference = /^\$result\[(\w+)\]\[items\]\[(\d+)\]\[id\]$/.exec(value)
  if (!reference)
    return Number(value)
  return result[reference[1]!]?.items[Number(reference[2])]?.id ?? null
}

const phpMap = (map: object) => Object.keys(map).length === 0 ? [] : map
const deals: KeysetList = { key: 'deals', method: 'crm.item.list', params: { entityTypeId: 2, select: ['id'] }, idField: 'id', rowsIn: 'items' }
const everyThird = (count: number) => Array.from({ length: count }, (_, index) => 3 * index + 5)

async function readAll(host: ReturnType<typeof createHost>, after = 0): Promise<number[]> {
  const ids: number[] = []
  for await (const { rows } of streamKeyset(host, deals, { after }))
    ids.push(...rows.map(row => Number(row.id)))
  return ids
}

describe('a keyset stream', () => {
  it.each([
    [0, 1], [1, 1], [49, 1], [50, 1], [51, 1], [2_499, 1], [2_500, 2], [2_501, 2], [9_999, 4], [99_999, 40],
  ])('reads %i rows in %i requests, each row once', async (count, requests) => {
    const ids = everyThird(count)
    const host = createHost(ids)
    expect(await readAll(host)).toEqual(ids)
    expect(host.requests).toBe(requests)
  })

  it.each<Unresolved>(['restarts', 'fails', 'nothing'])('drops what comes behind the last row when the host %s on an empty reference', async (unresolved) => {
    const ids = everyThird(130)
    expect(await readAll(createHost(ids, { unresolved }))).toEqual(ids)
  })

  it('goes on behind the row where an earlier reading stopped', async () => {
    const ids = everyThird(500)
    expect(await readAll(createHost(ids), ids[199])).toEqual(ids.slice(200))
  })

  it('keeps the pages before a fault and reads on from there', async () => {
    const ids = everyThird(1_000)
    let planted = 1
    const host = createHost(ids, { onCommand: key => key === 'deals_7' && planted-- > 0 ? { error: 'INTERNAL_SERVER_ERROR' } : undefined })
    expect(await readAll(host)).toEqual(ids)
    expect(host.requests).toBe(2)
  })

  it('throws when not even the first page arrives', async () => {
    const host = createHost(everyThird(10), { onCommand: () => ({ error: 'insufficient_scope' }) })
    await expect(readAll(host)).rejects.toMatchObject({ code: 'crm.forbidden' })
  })

  it('does not take a short page in the middle for the end while the portal counted more', async () => {
    const ids = everyThird(300)
    const host = createHost(ids)
    const whole = host.batch
    let isFirst = true
    host.batch = async (commands) => {
      const answer = await whole(commands)
      if (!isFirst)
        return answer
      isFirst = false
      const results = new Map(answer.results)
      const second = results.get('deals_1') as { items: unknown[] }
      results.set('deals_1', { items: second.items.slice(0, 30) })
      return { ...answer, results }
    }
    expect(await readAll(host)).toEqual(ids)
  })

  it.each([[130, 0], [130, 60], [130, 100], [130, 5_000], [2_600, 2_500], [2_600, 50]])('reads all of %i rows where the portal counts %i', async (count, told) => {
    const ids = everyThird(count)
    const host = createHost(ids)
    const whole = host.batch
    host.batch = async (commands) => {
      const answer = await whole(commands)
      return { ...answer, totals: new Map([...answer.totals.keys()].map(key => [key, told])) }
    }
    expect(await readAll(host)).toEqual(ids)
  })

  it('never takes a missing result for an empty list', async () => {
    const host = createHost(everyThird(10))
    host.batch = async () => readBatch({ result: { result: [], result_error: [] } })
    await expect(readAll(host)).rejects.toMatchObject({ code: 'crm.unavailable' })
  })
})
