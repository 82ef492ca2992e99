import { describe, expect, it } from 'vitest'
import { readBatch } from '../../platform/bitrix24/batch.ts'
import { stageReading, userReading } from './directory-reading.job.ts'

const place = { portalId: 1, now: () => new Date('2026-05-14T10:00:00Z') }
const answer = (result: object, error: object = {}, total: object = []) =>
  readBatch({ result: { result, result_error: error, result_total: total } })
const people = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ ID: String(from + index) }))

describe('a directory read in pages', () => {
  it('goes on page by page where the portal counts nothing, until a page is not full', async () => {
    const reading = userReading(place)
    const asked: unknown[] = []
    for (const page of [people(1, 50), people(51, 50), people(101, 3)]) {
      const commands = await reading.commands(50)
      asked.push(...commands.map(({ params }) => params.start))
      reading.take(answer({ [commands[0]!.key]: page }))
    }
    expect(asked).toEqual([0, 50, 100])
    expect(reading.isDone).toBe(true)
  })

  it('asks for all other pages together once they are counted', async () => {
    const reading = userReading(place)
    const [first] = await reading.commands(50)
    reading.take(answer({ [first!.key]: people(1, 50) }, {}, { [first!.key]: '120' }))
    expect((await reading.commands(50)).map(({ params }) => params.start)).toEqual([50, 100])
  })
})

describe('the reading of stages', () => {
  it('does without categories of companies where the portal has none', () => {
    const reading = stageReading(place)
    reading.take(answer({ categories_deals: { categories: [] }, statuses: [] }, { categories_companies: { error: 'ENTITY_TYPE_NOT_SUPPORTED' } }))
    expect(reading.isDone).toBe(true)
  })

  it('takes nothing while the right to the CRM is missing', () => {
    const refused = { error: 'insufficient_scope' }
    expect(() => stageReading(place).take(answer({ statuses: [] }, { categories_deals: refused, categories_companies: refused }))).toThrow('crm.forbidden')
  })
})
