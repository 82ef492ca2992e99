import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../storage/test-database.ts'
import { createJobs, queue, type Jobs } from './jobs.ts'

let database: TestDatabase
let jobs: Jobs
const log = pino({ level: 'silent' })
const done: string[] = []
const newJobs = () => createJobs({ connectionString: database.url, log })
const within = { timeout: 10_000, interval: 20 }

beforeAll(async () => {
  database = await freshDatabase()
})
afterEach(async () => {
  await jobs.stop({ graceMs: 500 })
  done.length = 0
})
afterAll(() => database.close())

describe('a job', () => {
  it('is there when its transaction is, and only then', async () => {
    const greet = queue<{ name: string }>({ name: 'test.greet' })
    jobs = newJobs()
    jobs.work(greet, async ({ name }) => void done.push(name))
    await jobs.start()
    await database.db.transaction().execute(async (tx) => {
      await jobs.send(greet, { name: 'rolled back' }, { tx })
      throw new Error('never mind')
    }).catch(() => undefined)
    await database.db.transaction().execute(async (tx) => {
      await jobs.send(greet, { name: 'committed' }, { tx })
    })
    await expect.poll(() => done, within).toEqual(['committed'])
  })

  it('of an exclusive queue waits or runs once per key', async () => {
    const once = queue<{ at: number }>({ name: 'test.once', policy: 'exclusive' })
    jobs = newJobs()
    await jobs.start()
    expect(await jobs.send(once, { at: 1 }, { key: 'a' })).toBe(true)
    expect(await jobs.send(once, { at: 2 }, { key: 'a' })).toBe(false)
    expect(await jobs.send(once, { at: 3 }, { key: 'b' })).toBe(true)
    jobs.work(once, async ({ at }) => void done.push(String(at)))
    await expect.poll(() => done.toSorted(), within).toEqual(['1', '3'])
  })

  it('that waits for its time is done seconds after it', async () => {
    const later = queue<{ name: string }>({ name: 'test.later' })
    jobs = newJobs()
    jobs.work(later, async ({ name }) => void done.push(name))
    await jobs.start()
    await jobs.send(later, { name: 'late' }, { startAfter: new Date(Date.now() + 1_000) })
    await expect.poll(() => done, within).toEqual(['late'])
  })

  it('that fails is tried again, knows its last try, and ends among the dead letters', async () => {
    const fail = queue<{ name: string }>({ name: 'test.fail', retries: 1 })
    jobs = newJobs()
    jobs.work(fail, async (_, { isLastTry }) => {
      done.push(isLastTry ? 'last' : 'first')
      throw new Error('no')
    })
    await jobs.start()
    await jobs.send(fail, { name: 'x' })
    await expect.poll(() => done, { ...within, timeout: 20_000 }).toEqual(['first', 'last'])
    await expect.poll(async () => (await jobs.deadLetters(10)).map(letter => letter.queue), within).toContain('test.fail')
  }, 30_000)

  it('that is still running when the app stops is told so, and handed back', async () => {
    const hold = queue<{ name: string }>({ name: 'test.hold' })
    const stopping = newJobs()
    stopping.work(hold, async ({ name }, { signal }) => {
      done.push(`begun ${name}`)
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      throw new Error('not finished')
    })
    await stopping.start()
    await stopping.send(hold, { name: 'x' })
    await expect.poll(() => done, within).toEqual(['begun x'])
    await stopping.stop({ graceMs: 100 })
    jobs = newJobs()
    jobs.work(hold, async ({ name }) => void done.push(`done ${name}`))
    await jobs.start()
    await expect.poll(() => done, within).toEqual(['begun x', 'done x'])
  })
})
