import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchApi } from '@comptoir/shared/alerts/watch.contract'
import { insightsApi, type MetricFilters } from '@comptoir/shared/insights/insights.contract'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { comparisonApi, comparisonDimensions, type Comparison } from '@comptoir/shared/segments/comparison.contract'
import { segmentApi, type SegmentSummary } from '@comptoir/shared/segments/segment.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

const all = { period: 'all' } as const

describe('segments over HTTP', () => {
  let comptoir: Comptoir
  const employee = 3
  const rule: SegmentSummary['rule'] = { kind: 'all', rules: [{ field: 'responsible', operator: 'in', values: [1, 2, 3] }, { field: 'created_on', operator: 'filled', values: [] }] }

  beforeAll(async () => {
    comptoir = await startComptoir({ data: 'generate:150' })
  }, 60_000)
  afterAll(() => comptoir?.close())

  const failure = ({ status, body }: { status: number, body: unknown }) => [status, (body as { code: string }).code]
  const create = async (name: string, one = rule) => (await comptoir.call(segmentApi.create, { body: { subject: 'deal', name, rule: one } })).body.segmentId
  const compare = async (query: { metricId: Comparison['metricId'], by: null | 'responsible' | 'pipeline' | 'stage' | 'vendor', before?: MetricFilters, after?: MetricFilters }) =>
    (await comptoir.call(comparisonApi.compare, { body: { before: all, after: all, ...query } })).body

  it('are the same to the preview, the dashboard and the list of records', async () => {
    const segmentId = await create('Trois vendeurs')
    const preview = await comptoir.call(segmentApi.preview, { body: { subject: 'deal', rule } })
    const [won, lost, open] = await Promise.all((['deals_won', 'deals_lost', 'deals_open'] as const).map(async metricId =>
      (await comptoir.call(insightsApi.metric, { params: { metricId }, query: { ...all, segmentId } })).body.value ?? 0))
    expect(won! + lost! + open!).toBe(preview.body.count)
    expect(preview.body.count).toBeLessThan(preview.body.total)
    const { body } = await comptoir.call(insightsApi.dashboard, { query: { ...all, segmentId } })
    expect(body.dealsWon.value).toBe(won)
  })

  it('refuse what does not fit, what has changed and what is not shared', async () => {
    const segmentId = await create('Privé')
    const session = await comptoir.session(employee)
    const wrong = { kind: 'all' as const, rules: [{ field: 'amount' as const, operator: 'contains' as const, values: ['x'] }] }
    expect(failure(await comptoir.call(segmentApi.create, { body: { subject: 'deal', name: 'x', rule: wrong } }))).toEqual([400, 'segment.invalid'])
    expect(failure(await comptoir.call(segmentApi.get, { params: { segmentId } }, session))).toEqual([404, 'segment.not_found'])
    expect(failure(await comptoir.call(segmentApi.save, { params: { segmentId }, body: { version: 7, name: 'x', rule } }))).toEqual([409, 'segment.changed_meanwhile'])
    expect(failure(await comptoir.call(insightsApi.metric, { params: { metricId: 'deals_won' }, query: { ...all, segmentId: '00000000-0000-4000-8000-000000000000' } }))).toEqual([404, 'segment.not_found'])
  })

  it('that a watch looks at are not taken away before the watch', async () => {
    const segmentId = await create('Surveillé')
    const { body: { watches } } = await comptoir.call(watchApi.create, { body: { metric: 'deals_won', categoryId: null, segmentId, rule: { kind: 'threshold', direction: 'above', value: 5 }, coolDownMonths: 0 } })
    expect(watches[0]).toMatchObject({ segmentId, segmentName: 'Surveillé' })
    expect(failure(await comptoir.call(segmentApi.remove, { params: { segmentId } }))).toEqual([409, 'segment.used'])
    await comptoir.call(watchApi.remove, { params: { watchId: watches[0]!.watchId } })
    expect((await comptoir.call(segmentApi.remove, { params: { segmentId } })).status).toBe(200)
    expect((await comptoir.call(segmentApi.undoRemove, { params: { segmentId } })).body.name).toBe('Surveillé')
  })

  it('compared with everything are taken apart into shares that add up, whatever the number', async () => {
    const segmentId = await create('Comparé', { kind: 'all', rules: [{ field: 'responsible', operator: 'in', values: [1, 3] }] })
    const sum = (items: readonly { contribution: number }[]) => items.reduce((total, { contribution }) => total + contribution, 0)
    const apart: string[] = []
    for (const { id, dimensions, unit } of metricDefinitions)
      for (const by of [null, ...comparisonDimensions.filter(one => dimensions.includes(one))]) {
        const { difference, factors, parts, undivided } = await compare({ metricId: id, by: by as 'stage', after: { ...all, segmentId } })
        for (const shares of [factors, parts])
          if (shares && unit === 'money')
            expect(sum(shares), `${id} by ${by}`).toBe(difference)
          else if (shares)
            expect(sum(shares), `${id} by ${by}`).toBeCloseTo(difference ?? 0, 6)
        if (by !== null && !parts)
          expect(undivided, id).not.toBeNull()
        if (parts || factors)
          apart.push(id)
      }
    expect(new Set(apart)).toEqual(new Set([...apart, 'revenue_won', 'win_rate', 'average_deal', 'deals_won', 'pipeline_open']))
  })

  it('say nothing of a share and an average where there was nothing, and give the whole difference to the volume', async () => {
    const { difference, factors } = await compare({ metricId: 'revenue_won', by: null, before: { period: 'custom', from: '2001-01-01', to: '2001-12-31' } })
    expect(difference).toBeGreaterThan(0)
    expect(factors).toMatchObject([{ name: 'volume', before: 0, contribution: difference }, { name: 'success', before: null, contribution: 0 }, { name: 'size', before: null, contribution: 0 }])
  })

  it('say which side is which, and why a median has no parts', async () => {
    const segmentId = await create('Côté')
    const comparison = await compare({ metricId: 'sales_cycle', by: 'responsible', after: { ...all, segmentId } })
    expect(comparison).toMatchObject({ before: { segment: null }, after: { segment: 'Côté' }, parts: null, undivided: 'median' })
    const revenue = await compare({ metricId: 'revenue_won', by: 'responsible', after: { ...all, segmentId } })
    expect(revenue.factors?.map(({ name }) => name).slice(0, 2)).toEqual(['volume', 'success'])
    expect(revenue.parts?.every(({ contribution, mix, rate }) => Math.abs(mix + rate - contribution) <= 1)).toBe(true)
  })
})
