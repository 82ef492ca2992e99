import { describe, expect, it } from 'vitest'
import { quietMoments, type Look } from './quiet-collection.ts'

const megabyte = 1024 * 1024
const idle: Look = { utilization: 0.01, heapTotal: 140 * megabyte, heapUsed: 75 * megabyte }
const busy: Look = { ...idle, utilization: 0.4 }
const tidy: Look = { ...idle, heapTotal: 80 * megabyte }

describe('moments at which memory is handed back', () => {
  it('waits until two looks in a row found the server idle', () => {
    const isMoment = quietMoments()
    expect([idle, busy, idle, idle].map(isMoment)).toEqual([false, false, false, true])
  })

  it('does not pause for a heap that is tidy', () => {
    const isMoment = quietMoments()
    expect([tidy, tidy, tidy].map(isMoment)).toEqual([false, false, false])
  })

  it('leaves five minutes between two pauses', () => {
    const isMoment = quietMoments()
    const moments = Array.from({ length: 130 }, () => isMoment(idle))
    expect(moments.flatMap((is, index) => is ? [index] : [])).toEqual([1, 61, 121])
  })
})
