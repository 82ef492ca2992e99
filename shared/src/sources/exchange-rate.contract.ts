import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableNumber, NullableText } from '../http/nullable.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$' })

/** Units of the base currency for one unit, from a day on. */
const DatedRate = Type.Object({
  validFrom: Day,
  rate: Type.Number(),
  /** By a person; else as the CRM had it on that day. */
  isEntered: Type.Boolean(),
})

const CurrencyRates = Type.Object({
  currency: CurrencyCode,
  /** Newest first. */
  rates: Type.Array(DatedRate),
})
export type CurrencyRates = Static<typeof CurrencyRates>

const RateChange = Type.Object({
  changeId: Type.Integer(),
  currency: CurrencyCode,
  validFrom: Day,
  /** Null: there was none, or there is none any more. */
  oldRate: NullableNumber(),
  newRate: NullableNumber(),
  changedAt: Type.String(),
  changedBy: NullableText(),
  isUndone: Type.Boolean(),
  /** Nothing has changed the same day's rate since. */
  canBeUndone: Type.Boolean(),
})
export type RateChange = Static<typeof RateChange>

/** A change that concerns many records: their amounts are recalculated one batch after the other. */
const Revaluation = Type.Object({
  currency: CurrencyCode,
  done: Type.Integer(),
  total: Type.Integer(),
})
export type Revaluation = Static<typeof Revaluation>

export const ExchangeRates = Type.Object({
  baseCurrency: CurrencyCode,
  /** Currencies of the CRM, and those that amounts are in. */
  currencies: Type.Array(CurrencyRates),
  /** Newest first. */
  changes: Type.Array(RateChange),
  /** Under way. */
  revaluations: Type.Array(Revaluation),
})
export type ExchangeRates = Static<typeof ExchangeRates>

const access = 'admin'

export const exchangeRateApi = {
  list: endpoint({ method: 'GET', path: '/api/exchange-rates', access, summary: 'The history of exchange rates, and who changed it', reply: ExchangeRates, errors: [] }),
  save: endpoint({
    method: 'PUT', path: '/api/exchange-rates', access, summary: 'Set the rate of a currency from a day on; null takes it away', reply: ExchangeRates, errors: ['exchange_rate.of_base', 'exchange_rate.future'],
    body: Type.Object({ currency: CurrencyCode, validFrom: Type.String({ format: 'date' }), rate: Type.Union([Type.Number({ exclusiveMinimum: 0, maximum: 1e9 }), Type.Null()]) }),
  }),
  undo: endpoint({
    method: 'POST', path: '/api/exchange-rates/changes/:changeId/undo', access, summary: 'Take a change of a rate back', params: Type.Object({ changeId: Type.Integer({ minimum: 1 }) }),
    reply: ExchangeRates, errors: ['exchange_rate.changed_meanwhile'],
  }),
}
