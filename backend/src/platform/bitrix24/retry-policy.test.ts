import { describe, expect, it } from 'vitest'
import { faultOfSilence } from './rest-fault.ts'
import { retryDelay, type Attempt } from './retry-policy.ts'

const attempt: Attempt = { number: 1, isRepeatable: true, lane: 'viewer', waitedMs: 0, jitter: 0.5 }

describe('another try', () => {
  it('follows a broken connection soon', () => {
    expect(retryDelay(faultOfSilence('network'), attempt)).toBe(400)
  })

  it('does not follow a timeout while somebody waits', () => {
    expect(retryDelay(faultOfSilence('timeout'), attempt)).toBeNull()
    expect(retryDelay(faultOfSilence('timeout'), { ...attempt, lane: 'background' })).toBe(400)
  })

  it('never repeats what would be done twice', () => {
    expect(retryDelay(faultOfSilence('network'), { ...attempt, isRepeatable: false })).toBeNull()
  })
})
