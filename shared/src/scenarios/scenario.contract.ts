import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableNumber, NullableText } from '../http/nullable.ts'
import { leverNames, leverRanges, type LeverName } from './scenario.ts'

const LeversSchema = Type.Object(Object.fromEntries(leverNames.map(name =>
  [name, Type.Number({ minimum: leverRanges[name].min, maximum: leverRanges[name].max })])) as Record<LeverName, ReturnType<typeof Type.Number>>)

const maxName = 80

/** The levers, and a vendor that is lost; the assumed ratio stands in where no price compares. */
export const ScenarioSpec = Type.Object({
  name: Type.String({ minLength: 1, maxLength: maxName, pattern: '\\S' }),
  levers: LeversSchema,
  lostVendorId: NullableText({ format: 'uuid' }),
  assumedRatio: NullableNumber({ minimum: 0.5, maximum: 3 }),
  /** Days until customers pay: nothing in the portal tells. */
  assumedCustomerDays: NullableNumber({ minimum: 0, maximum: 365 }),
  /** Whether everybody in the portal sees it. */
  isShared: Type.Boolean(),
})
export type ScenarioSpec = Static<typeof ScenarioSpec>

export const Scenario = Type.Object({
  scenarioId: Type.String(),
  ...ScenarioSpec.properties,
  version: Type.Integer(),
  isOwn: Type.Boolean(),
  ownerName: NullableText(),
  updatedAt: Type.String(),
})
export type Scenario = Static<typeof Scenario>

export const VendorOfferSchema = Type.Object({
  vendorId: Type.String(),
  name: Type.String(),
  group: NullableText(),
  spendMinor: Type.Integer(),
  score: NullableNumber(),
  delayDays: NullableNumber(),
})
export type VendorOfferRow = Static<typeof VendorOfferSchema>

/** Prices of the same items at two vendors, `of` against `against`: 1.08 is eight percent dearer. */
export const PriceRatio = Type.Object({ of: Type.String(), against: Type.String(), ratio: Type.Number(), items: Type.Integer() })

/** A year's figures that the scenarios start from, each as the analytics show it; null is unknown. */
export const ScenarioStart = Type.Object({
  currency: Type.String(),
  from: Type.String(),
  to: Type.String(),
  volume: NullableNumber(),
  winRate: NullableNumber(),
  averageValue: NullableNumber(),
  cycleDays: NullableNumber(),
  costShare: NullableNumber(),
  /** What was really won in the year, beside what the identity makes of the figures. */
  revenueWon: NullableNumber(),
  spend: NullableNumber(),
  /** Days that customers take to pay, as observed; agreed terms with vendors, else the days that are really taken. */
  customerDays: NullableNumber(),
  vendorDays: NullableNumber(),
  vendors: Type.Array(VendorOfferSchema),
  priceRatios: Type.Array(PriceRatio),
})
export type ScenarioStart = Static<typeof ScenarioStart>

const scenarioParams = Type.Object({ scenarioId: Type.String({ format: 'uuid' }) })

export const scenarioApi = {
  start: endpoint({
    method: 'GET',
    path: '/api/scenarios/start',
    summary: 'The year that scenarios start from',
    reply: ScenarioStart,
    errors: [],
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/scenarios',
    summary: 'The viewer’s scenarios and those shared with everybody',
    reply: Type.Array(Scenario),
    errors: [],
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/scenarios',
    summary: 'Keep a scenario',
    body: ScenarioSpec,
    reply: Scenario,
    errors: ['scenario.too_many'],
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/scenarios/:scenarioId',
    summary: 'Change a scenario of one’s own',
    params: scenarioParams,
    body: Type.Object({ ...ScenarioSpec.properties, version: Type.Integer() }),
    reply: Scenario,
    errors: ['scenario.not_found', 'scenario.changed_meanwhile'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/scenarios/:scenarioId',
    summary: 'Forget a scenario of one’s own; the reply is what keeping it again needs',
    params: scenarioParams,
    reply: Scenario,
    errors: ['scenario.not_found'],
  }),
}

/** Kept by one person; more would be a drawer nobody opens. */
export const mostScenarios = 50
