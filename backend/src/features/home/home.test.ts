import { describe, expect, it } from 'vitest'
import type { FirstStep, Waiting } from '@comptoir/shared/home/home.contract'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import { readHome, type HomePorts } from './home.ts'

const nothing: Waiting = { count: 0, urgentCount: 0, amount: null }
const ports = (given: Partial<HomePorts['waiting']> = {}, steps: readonly FirstStep[] = []): HomePorts => ({
  waiting: {
    approvals: async () => nothing, paymentRuns: async () => nothing, decisions: async () => nothing, alerts: async () => nothing,
    payables: async () => nothing, lateLines: async () => nothing, deadlines: async () => nothing, ...given,
  },
  figure: async metricId => ({ metricId }) as MetricResult,
  firstSteps: async () => steps,
})

describe('what waits for a person', () => {
  it('leaves out what does not wait', async () => {
    expect((await readHome(ports())).tasks).toEqual([])
  })

  it('puts the urgent first, and keeps the order of kinds otherwise', async () => {
    const { tasks } = await readHome(ports({
      deadlines: async () => ({ ...nothing, count: 3 }),
      lateLines: async () => ({ ...nothing, count: 2, urgentCount: 2 }),
      approvals: async () => ({ ...nothing, count: 1 }),
      payables: async () => ({ ...nothing, count: 5, urgentCount: 1 }),
    }))
    expect(tasks.map(({ kind }) => kind)).toEqual(['payables', 'lateLines', 'approvals', 'deadlines'])
  })

  it('shows the first steps until all are done', async () => {
    const steps = [{ kind: 'vendors', isDone: true }, { kind: 'rights', isDone: false }] as const
    expect((await readHome(ports({}, steps))).firstSteps).toHaveLength(2)
    expect((await readHome(ports({}, steps.map(({ kind }) => ({ kind, isDone: true }))))).firstSteps).toEqual([])
  })
})
