import { describe, expect, it } from 'vitest'
import { createLog } from './fastify.ts'

describe('the log', () => {
  it('says what went wrong, of errors and of the plain objects that the job queue tells of', () => {
    const lines: { err: object }[] = []
    const log = createLog('error', { write: line => lines.push(JSON.parse(line) as { err: object }) })
    log.error({ err: new RangeError('too far') })
    log.error({ err: { message: 'no connection', stack: 'at the queue', queue: 'mirror' } })
    log.error({ err: 'a word' })
    expect(lines.map(({ err }) => err)).toMatchObject([{ type: 'RangeError', message: 'too far' }, { message: 'no connection', stack: 'at the queue' }, { message: 'a word' }])
  })
})
