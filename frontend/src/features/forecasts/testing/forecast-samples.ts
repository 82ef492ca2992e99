import type { ForecastAnswer, MetricForecast, PipelineForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { addMonths } from '@comptoir/shared/insights/calendar'
import { noChange } from '@comptoir/shared/scenarios/scenario'
import type { Scenario, ScenarioStart } from '@comptoir/shared/scenarios/scenario.contract'

const error = (method: ForecastAnswer['method'], smape: number) => ({ method, smape, mase: smape / 10, meanAbsolute: smape * 1000 })

export const anAnswer = (more: Partial<ForecastAnswer> = {}): ForecastAnswer => ({
  method: 'combination',
  members: ['theta', 'damped', 'ets'],
  months: Array.from({ length: 6 }, (_, index) => ({
    month: addMonths('2026-05-01', index), point: 1_000_000, lower80: 900_000, upper80: 1_100_000, lower95: 800_000, upper95: 1_200_000,
    level: 950_000, trend: 20_000, season: 30_000,
  })),
  origins: 6,
  own: error('combination', 8.3),
  naive: error('naive', 12.1),
  isBetterThanNaive: true,
  coverage: [{ level: 80, share: 0.79, values: 42 }],
  league: [error('combination', 8.3), error('theta', 9), error('naive', 12.1)],
  season: null,
  filledMonths: 0,
  ...more,
})

export const aForecast = (more: Partial<MetricForecast> = {}): MetricForecast => ({
  metric: 'revenue_won',
  unit: 'money',
  currency: 'EUR',
  history: Array.from({ length: 30 }, (_, index) => ({ month: addMonths('2023-11-01', index), value: 900_000 + index * 1000 })),
  running: { month: '2026-05-01', value: 250_000 },
  refusal: null,
  answer: anAnswer(),
  change: null,
  record: { trials: [], values: 0, held: 0, wape: null, bias: null, league: [] },
  ...more,
})

const spread = { p10: 300_000, p50: 500_000, p90: 800_000, mean: 520_000 }

export const aPipeline = (more: Partial<PipelineForecast> = {}): PipelineForecast => ({
  currency: 'EUR', runs: 2000, openDeals: 40, withoutAmount: 2, openAmount: 2_000_000, refusal: null,
  windows: [{ from: '2026-05-17', to: '2026-05-31', ...spread }, { from: '2026-06-01', to: '2026-06-30', ...spread }],
  total: spread,
  stages: [{ stageId: 'NEW', label: 'Nouvelle', pipeline: 'Ventes', deals: 40, amount: 2_000_000, chance: 0.31, ended: 210 }],
  calibration: { brier: 0.17, baseline: 0.22, deals: 500, bins: [{ from: 0.2, to: 0.4, deals: 500, predicted: 0.3, observed: 0.28 }] },
  calibrationDays: 90,
  ...more,
})

export const aStart = (more: Partial<ScenarioStart> = {}): ScenarioStart => ({
  currency: 'EUR', from: '2025-05-01', to: '2026-05-01',
  volume: 40, winRate: 0.25, averageValue: 100_000, cycleDays: 73, costShare: 0.6, revenueWon: 5_000_000, spend: 3_000_000, customerDays: null, vendorDays: 30,
  vendors: [
    { vendorId: '11111111-1111-4111-8111-111111111111', name: 'Papeterie Vidal', group: 'Fournitures', spendMinor: 600_000, score: 70, delayDays: 5 },
    { vendorId: '22222222-2222-4222-8222-222222222222', name: 'Bureau Plus', group: 'Fournitures', spendMinor: 400_000, score: 90, delayDays: 9 },
  ],
  priceRatios: [],
  ...more,
})

export const aScenario = (more: Partial<Scenario> = {}): Scenario => ({
  scenarioId: '33333333-3333-4333-8333-333333333333', name: 'Prudence', levers: { ...noChange, volume: -0.1 }, lostVendorId: null, assumedRatio: null,
  assumedCustomerDays: null, isShared: false, version: 1, isOwn: true, ownerName: 'Ada Martin', updatedAt: '2026-05-01T10:00:00Z',
  ...more,
})
