import { describe, expect, it, vi } from 'vitest'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { noChange, outcomeOf } from '@comptoir/shared/scenarios/scenario'
import { addMonths } from '@comptoir/shared/insights/calendar'
import type { AnalyticsPort } from './analytics-ports.ts'
import { anomalyOperation } from './anomaly-operation.ts'
import { comparisonOperation, comparisonVerdict } from './comparison-operation.ts'
import { forecastOperation } from './forecast-operation.ts'
import type { MetricPort, MetricRequest } from './metric-operations.ts'
import type { OperationContext } from './operation.ts'
import { qualityOperation } from './quality-operation.ts'
import { reportOperation } from './report-operation.ts'
import { scenarioOperation } from './scenario-operation.ts'
import { segmentOperation } from './segment-operation.ts'

const context: OperationContext = {
  portal: { id: 1, domain: 'd', clientEndpoint: 'https://d/rest/', currency: 'EUR', timeZone: 'Europe/Paris', language: 'fr' },
  viewer: null, document: null, language: 'fr', now: new Date('2026-05-14T10:00:00Z'),
}
const base = { volume: 10, winRate: 0.5, averageValue: 100_000, cycleDays: 30, costShare: 0.4, customerDays: null, vendorDays: null }
const scenario = { scenarioId: 's', name: 'Croissance', levers: { ...noChange, price: 0.1 }, lostVendorId: null, assumedRatio: null, assumedCustomerDays: null }

function analytics(change: Partial<AnalyticsPort> = {}): AnalyticsPort {
  return {
    forecast: async () => ({ month: { unit: 'money', month: '2026-05-01', point: 1_000_049.6, low: 800_000, high: 1_200_000, last: 900_000, pastError: 12.34 }, refusal: null }),
    findScenario: async () => scenario,
    playScenario: async () => ({ base, loss: null, levers: scenario.levers, outcome: outcomeOf(base, scenario.levers), before: outcomeOf(base, noChange) }),
    months: async () => ({ unit: 'count', months: [] }),
    findReport: async () => ({ reportId: 'r', title: 'Achats du mois', recipients: 2 }),
    startReport: async () => undefined,
    checkQuality: async () => ({ count: 3, examined: 12, share: 0.25, verdict: 'bad' }),
    findSegment: async () => ({ segmentId: 'g', name: 'Grands comptes', subject: 'deal' }),
    isInSegment: async () => true,
    pageLink: async (_, path) => `https://d${path}`,
    ...change,
  }
}

const measuring = (values: readonly (number | null)[], asked: MetricRequest[] = []): MetricPort => ({
  measure: async (_, request) => {
    asked.push(request)
    return { value: values[asked.length - 1] ?? null, previous: 80_000, unit: 'money' }
  },
})
const compare = (values: RawSettings, metrics: MetricPort) => comparisonOperation(metrics)(context, { metric: 'revenue_won', period: 'last_month', against: 'previous', ...values })

describe('the comparison of two periods', () => {
  it('says by how much a metric rose, in the words of the portal', async () => {
    const { returns, message } = await compare({}, measuring([100_000]))
    expect(returns).toMatchObject({ success: true, verdict: 'up', value: 1000, previous: 800, change: 25, unit: 'EUR', link: 'https://d/report/analytics/' })
    expect(String(returns.text)).toMatch(/^1.000,00.€$/u)
    expect(message).toMatch(/^Chiffre d’affaires gagné.: 1.000,00.€ contre 800,00.€, en hausse \(\+25.%\)\.$/u)
  })

  it('measures the same period a year before, and other dates', async () => {
    const asked: MetricRequest[] = []
    expect((await compare({ against: 'last_year' }, measuring([100, 200], asked))).returns).toMatchObject({ verdict: 'down', previous: 2, change: -50 })
    expect(asked[1]).toMatchObject({ period: 'custom', from: '2025-04-01', to: '2025-04-30' })
    const dates: MetricRequest[] = []
    await compare({ against: 'custom', againstFrom: '2025-01-01', againstTo: '31.01.2025' }, measuring([1, 2], dates))
    expect(dates[1]).toMatchObject({ period: 'custom', from: '2025-01-01', to: '2025-01-31' })
  })

  it('tells a change from noise, and nothing from zero', async () => {
    expect(comparisonVerdict(102, 100, 2)).toBe('stable')
    expect(comparisonVerdict(103, 100, 2)).toBe('up')
    expect(comparisonVerdict(5, 0, 50)).toBe('up')
    expect(comparisonVerdict(0, 0, 0)).toBe('stable')
    expect(comparisonVerdict(null, 3, 0)).toBe('no_data')
    expect((await compare({ period: 'all', against: 'last_year' }, measuring([100]))).returns).toMatchObject({ verdict: 'no_data', previous: null, change: null })
  })
})

describe('the forecast of a month', () => {
  const foresee = (values: RawSettings, change: Partial<AnalyticsPort> = {}) => forecastOperation(analytics(change))(context, { metric: 'revenue_won', horizon: 'this_month', ...values })

  it('comes with its interval and its past error', async () => {
    const { returns, message } = await foresee({})
    expect(returns).toMatchObject({ verdict: 'forecast', value: 10_000.5, low: 8000, high: 12_000, previous: 9000, pastError: 12.3, month: '2026-05', unit: 'EUR' })
    expect(message).toContain('8 fois sur 10')
    expect(message).toMatch(/Erreur passée.: 12,3.%/u)
    expect(message).toMatch(/10.001.€, entre 8.000.€ et 12.000.€/u)
  })

  it('of a count is a whole number', async () => {
    const { returns, message } = await foresee({ metric: 'deals_won' }, {
      forecast: async () => ({ month: { unit: 'count', month: '2026-05-01', point: 404.79, low: 380.2, high: 430.6, last: 400, pastError: null }, refusal: null }),
    })
    expect(returns).toMatchObject({ value: 405, low: 380, high: 431 })
    expect(message).toMatch(/405, entre 380 et 431/u)
  })

  it.each([['8000', 'above_target'], ['12 000,01', 'below_target'], ['10 000', 'uncertain']])('against the target %s is %s', async (target, verdict) => {
    expect((await foresee({ target })).returns.verdict).toBe(verdict)
  })

  it('is refused where too little is known', async () => {
    const { returns, message } = await foresee({}, { forecast: async () => ({ month: null, refusal: { reason: 'too_short', known: 3, needed: 8, mean: null, lowest: null, highest: null } }) })
    expect(returns).toMatchObject({ success: true, verdict: 'refused', value: null })
    expect(message).toMatch(/Mois connus.: 3, mois nécessaires.: 8/u)
  })
})

describe('a scenario', () => {
  const play = (values: RawSettings, change: Partial<AnalyticsPort> = {}) => scenarioOperation(analytics(change))(context, { scenarioId: 's', measure: 'revenue', ...values })

  it('is told beside the year it starts from', async () => {
    expect((await play({})).returns).toMatchObject({ verdict: 'up', change: 10, unit: 'EUR', subject: 'Croissance' })
    expect((await play({ measure: 'marginRate' })).returns).toMatchObject({ value: 63.6364, previous: 60, unit: 'percent' })
  })

  it('says nothing of what the year does not tell, and nothing of one that is not there', async () => {
    expect((await play({ measure: 'tiedUp' })).returns).toMatchObject({ verdict: 'no_data', value: null, text: null })
    await expect(play({}, { findScenario: async () => null })).rejects.toMatchObject({ code: 'scenario.not_found' })
  })
})

describe('the anomaly check', () => {
  const check = (last: number | null, values: RawSettings = {}, known = 30) => {
    const months = Array.from({ length: known }, (_, index) => ({ month: addMonths('2023-11-01', index), value: index === known - 1 ? last : 100 + index * 7 % 5 }))
    return anomalyOperation(analytics({ months: async () => ({ unit: 'count', months }) }))(context, { metric: 'deals_won', side: 'either', ...values })
  }

  it('tells what is out of its band, and on which side', async () => {
    expect((await check(102)).returns).toMatchObject({ verdict: 'normal', value: 102, month: '2026-04', unit: 'count' })
    expect((await check(180)).returns.verdict).toBe('above')
    expect((await check(20)).returns.verdict).toBe('below')
    expect((await check(180, { side: 'down' })).returns.verdict).toBe('normal')
    expect((await check(180, { floor: '500' })).returns.verdict).toBe('normal')
  })

  it('does not judge what it cannot know', async () => {
    expect((await check(180, {}, 5)).returns).toMatchObject({ verdict: 'too_short', low: null, high: null })
    expect((await check(null)).returns.verdict).toBe('no_data')
    expect((await anomalyOperation(analytics())(context, { metric: 'deals_won', side: 'either' })).returns).toMatchObject({ verdict: 'no_data', month: null })
  })
})

describe('a report', () => {
  it('is asked for inside the run’s transaction and not before', async () => {
    const startReport = vi.fn(async () => undefined)
    const plan = await reportOperation(analytics({ startReport }))(context, { reportId: 'r' })
    expect(plan.returns).toMatchObject({ verdict: 'requested', subject: 'Achats du mois', recipients: 2, link: 'https://d/reports' })
    expect(plan.effects).toHaveLength(1)
    expect(startReport).not.toHaveBeenCalled()
    await plan.apply?.('tx', 'run')
    expect(startReport).toHaveBeenCalledWith('tx', context, 'r')
  })

  it('that is gone or not theirs is a failure with words', async () => {
    await expect(reportOperation(analytics({ findReport: async () => null }))(context, { reportId: 'x' })).rejects.toMatchObject({ code: 'report.not_found' })
  })
})

describe('the data-quality check', () => {
  it('says how many records have the flaw, and whether that is more than is tolerated', async () => {
    const { returns, message } = await qualityOperation(analytics())(context, { check: 'deals_without_amount', limit: '20' })
    expect(returns).toMatchObject({ verdict: 'bad', value: 25, flawed: 3, examined: 12, reached: true, unit: 'percent' })
    expect(message).toMatch(/^Affaires sans montant.: 3 sur 12 \(25.%\), pour 20.% tolérés\.$/u)
    const unknown = await qualityOperation(analytics({ checkQuality: async () => ({ count: 0, examined: 0, share: null, verdict: 'unknown' }) }))(context, { check: 'leads_owner' })
    expect(unknown.returns).toMatchObject({ verdict: 'no_data', value: null, reached: false })
  })
})

describe('the membership of a segment', () => {
  const ofDeal = { ...context, document: { entityTypeId: 2, entityId: 7 } }
  const ask = (change: Partial<AnalyticsPort>, asked = ofDeal) => segmentOperation(analytics(change))(asked, { segmentId: 'g' })

  it('is said of this record', async () => {
    expect((await ask({})).returns).toMatchObject({ verdict: 'member', member: true, subject: 'Grands comptes' })
    expect((await ask({ isInSegment: async () => false })).message).toContain('ne fait pas partie du segment')
  })

  it('cannot be said of nothing, of a record of another kind, or of a segment that is gone', async () => {
    await expect(segmentOperation(analytics())(context, { segmentId: 'g' })).rejects.toMatchObject({ code: 'action.no_record' })
    await expect(ask({ isInSegment: async () => null })).rejects.toMatchObject({ code: 'action.no_deal' })
    await expect(ask({ findSegment: async () => null })).rejects.toMatchObject({ code: 'segment.not_found' })
  })
})
