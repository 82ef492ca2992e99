import { describe, expect, it } from 'vitest'
import { createBucket } from './bucket.ts'
import { createPortalLimiter, type Lane } from './limiter.ts'
import { createOperatingGuard } from './operating-guard.ts'

/** Time passes only when somebody sleeps. */
function createStage(options: { operatingLimitSeconds?: number } = {}) {
  let at = 1_000_000
  const now = () => at
  const sleep = async (ms: number) => void (at += ms)
  return { now, limiter: createPortalLimiter({ now, sleep, ...options }) }
}

const call = (lane: Lane, patienceMs = 1e9) => ({ lane, methods: ['crm.item.list'], patienceMs })

describe('the bucket', () => {
  it('never lets the host count above its block', async () => {
    const { now, limiter } = createStage()
    let hostLevel = 0
    let hostLeakedAt = now()
    for (let n = 0; n < 300; n++) {
      await limiter.admit(call('viewer'))
      hostLevel = Math.max(0, hostLevel - (now() - hostLeakedAt) / 1000 * 2) + 1
      hostLeakedAt = now()
      expect(hostLevel).toBeLessThanOrEqual(50)
    }
  })

  it('keeps room for viewers while a sync runs', async () => {
    const { now, limiter } = createStage()
    for (let n = 0; n < 100; n++)
      await limiter.admit(call('background'))
    const before = now()
    for (let n = 0; n < 15; n++)
      await limiter.admit(call('viewer'))
    expect(now() - before).toBe(0)
  })

  it('slows down after the host refused and recovers within a minute', () => {
    let at = 0
    const bucket = createBucket({ now: () => at, burst: 50, leakPerSecond: 2 })
    bucket.overflowed()
    expect(bucket.speed).toBe(0.5)
    expect(bucket.waitFor(1)).toBeGreaterThan(900)
    bucket.overflowed()
    expect(bucket.speed).toBe(0.25)
    at += 60_000
    expect(bucket.speed).toBe(1)
    expect(bucket.waitFor(1)).toBe(0)
  })

  it('says at once when a call would wait longer than its caller can', async () => {
    const { limiter } = createStage()
    for (let n = 0; n < 46; n++)
      await limiter.admit(call('viewer'))
    await expect(limiter.admit(call('viewer', 100))).rejects.toThrow('crm.limit')
  })
})

describe('the lanes', () => {
  it('serve viewers first and still let a waiting sync through', async () => {
    const { limiter } = createStage()
    for (let n = 0; n < 40; n++)
      await limiter.admit(call('viewer'))
    const order: Lane[] = []
    const queue = (lane: Lane) => limiter.admit(call(lane)).then(() => void order.push(lane))
    await Promise.all([queue('background'), queue('viewer'), queue('viewer')])
    expect(order).toEqual(['viewer', 'viewer', 'background'])
  })

  it('do not let an endless row of viewers starve the sync', async () => {
    const { limiter } = createStage()
    for (let n = 0; n < 46; n++)
      await limiter.admit(call('viewer'))
    const order: Lane[] = []
    const queue = (lane: Lane) => limiter.admit(call(lane)).then(() => void order.push(lane))
    await Promise.all([...Array.from({ length: 20 }, () => queue('viewer')), queue('background')])
    expect(order.indexOf('background')).toBeLessThan(12)
  })
})

describe('the time a method may work', () => {
  it('stops a sync well before the limit and a viewer just before it', () => {
    const at = 1_000_000
    const guard = createOperatingGuard({ now: () => at, limitSeconds: 480 })
    guard.seen('crm.item.list', 400, at / 1000 + 120)
    expect(guard.waitFor(['crm.item.list'], 0.8)).toBe(120_000)
    expect(guard.waitFor(['crm.item.list'], 0.97)).toBe(0)
    expect(guard.waitFor(['profile'], 0.8)).toBe(0)
  })

  it('waits for the reset that the host named once it refused', () => {
    let at = 1_000_000
    const guard = createOperatingGuard({ now: () => at, limitSeconds: 480 })
    guard.seen('crm.item.list', 20, at / 1000 + 300)
    guard.refused('CRM.item.list')
    expect(guard.waitFor(['crm.item.list'], 0.97)).toBe(300_000)
    at += 300_001
    expect(guard.waitFor(['crm.item.list'], 0.97)).toBe(0)
  })

  it('is shown with its reset', async () => {
    const { limiter, now } = createStage({ operatingLimitSeconds: 100 })
    limiter.operating.seen('crm.item.list', 90, now() / 1000 + 60)
    await expect(limiter.admit(call('background', 1000))).rejects.toMatchObject({ details: { retryAfterMs: 60_000 } })
    expect(limiter.state().operating).toEqual([{ method: 'crm.item.list', usedSeconds: 90, limitSeconds: 100, resetsAt: now() + 60_000 }])
  })
})
