import { readCurrency } from '../imports/currency.ts'
import { parseDate, type DateOrder } from '../imports/dates.ts'
import { parseAmount, type DecimalMark } from '../imports/numbers.ts'
import { currencyExponent } from '../money.ts'

export const adFields = ['day', 'channel', 'campaign', 'impressions', 'clicks', 'cost', 'currency'] as const
export type AdField = (typeof adFields)[number]

/** Advertising interfaces count money in millionths; most files in units, some in cents. */
export const costUnits = ['major', 'minor', 'micros'] as const
export type CostUnit = (typeof costUnits)[number]

export interface AdCostPlan {
  readonly columns: Readonly<Partial<Record<AdField, number>>>
  readonly dateOrder: DateOrder
  readonly decimal: DecimalMark
  readonly costUnit: CostUnit
  /** Of rows that name none. */
  readonly currency: string
  /** Of rows that name none. */
  readonly channel: string
}

/** What one campaign of one channel cost on one day. Counts are null where nobody says them. */
export interface AdCost {
  readonly day: string
  readonly channel: string
  readonly campaign: string
  readonly impressions: number | null
  readonly clicks: number | null
  readonly costMinor: number
  readonly currency: string
}

export const adFaults = ['day_missing', 'day_unreadable', 'cost_missing', 'cost_unreadable', 'count_unreadable', 'currency_unknown', 'currency_mixed', 'channel_missing'] as const
export type AdFault = (typeof adFaults)[number]

export type AdCostReading = { readonly ok: true, readonly row: AdCost } | { readonly ok: false, readonly fault: AdFault }

const refused = (fault: AdFault): AdCostReading => ({ ok: false, fault })

export function readAdCost(cells: readonly string[], plan: AdCostPlan): AdCostReading {
  const cell = (field: AdField): string => plan.columns[field] === undefined ? '' : (cells[plan.columns[field]] ?? '').trim()
  const day = parseDate(cell('day'), plan.dateOrder)
  if (!day.ok)
    return refused(day.reason === 'missing' || day.reason === 'placeholder' ? 'day_missing' : 'day_unreadable')
  const channel = tidy(cell('channel')) || tidy(plan.channel)
  if (channel === '')
    return refused('channel_missing')
  const named = cell('currency')
  const currency = named === '' ? plan.currency : readCurrency(named, plan.currency)
  if (currency === null)
    return refused('currency_unknown')
  const cost = readCost(cell('cost'), plan, currency)
  if (!cost.ok)
    return refused(cost.fault)
  const [impressions, clicks] = [readCount(cell('impressions')), readCount(cell('clicks'))]
  if (impressions === undefined || clicks === undefined)
    return refused('count_unreadable')
  return { ok: true, row: { day: day.day, channel, campaign: tidy(cell('campaign')), impressions, clicks, costMinor: cost.minor, currency: cost.currency } }
}

type CostReading = { readonly ok: true, readonly minor: number, readonly currency: string } | { readonly ok: false, readonly fault: AdFault }

function readCost(text: string, { decimal, costUnit, columns }: AdCostPlan, currency: string): CostReading {
  const exponent = currencyExponent(currency)
  const amount = parseAmount(text, decimal, costUnit === 'major' ? exponent : 0)
  if (!amount.ok)
    return { ok: false, fault: amount.reason === 'missing' ? 'cost_missing' : 'cost_unreadable' }
  // A sign beside the figure says more than an assumption, but less than a column of its own.
  const own = columns.currency === undefined && amount.currency !== null ? readCurrency(amount.currency, currency) ?? currency : currency
  const minor = costUnit === 'micros' ? Math.round(amount.minor * 10 ** exponent / 1_000_000) : amount.minor
  return currencyExponent(own) === exponent ? { ok: true, minor, currency: own } : { ok: false, fault: 'currency_unknown' }
}

/** A whole number: any separator in it parts thousands. Undefined when it is none; null when nothing is there. */
function readCount(text: string): number | null | undefined {
  if (text === '' || /^[-–—]+$/.test(text))
    return null
  const plain = text.replace(/[\s\u00A0\u202F'’]/g, '').replace(/[.,]0{1,2}$/, '')
  const digits = /^\d+$/.test(plain) ? plain : /^\d{1,3}(?:[.,]\d{3})+$/.test(plain) ? plain.replace(/[.,]/g, '') : null
  const count = digits === null ? Number.NaN : Number(digits)
  return Number.isSafeInteger(count) ? count : undefined
}

const tidy = (text: string): string => text.replace(/\p{Cc}/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 200)

/** Names are compared without case, accents and signs: "Google-Ads" and "google ads" are one channel. */
export const foldName = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

export interface KeyedAdCost extends AdCost {
  readonly channelKey: string
  readonly campaignKey: string
}

export interface Folded {
  readonly rows: readonly KeyedAdCost[]
  /** Rows of a key whose first row was in another currency. */
  readonly mixed: number
}

/**
 * One row per day, channel and campaign. Within a delivery parts add up (a report by advert or keyword); a later
 * delivery of the same key replaces it.
 */
export function foldAdCosts(rows: Iterable<AdCost>): Folded {
  const folded = new Map<string, KeyedAdCost>()
  let mixed = 0
  for (const row of rows) {
    const [channelKey, campaignKey] = [foldName(row.channel), foldName(row.campaign)]
    const key = `${row.day}\n${channelKey}\n${campaignKey}`
    const before = folded.get(key)
    if (before && before.currency !== row.currency)
      mixed++
    else
      folded.set(key, before ? added(before, row) : { ...row, channelKey, campaignKey })
  }
  return { rows: [...folded.values()], mixed }
}

const plus = (one: number | null, other: number | null): number | null => one === null && other === null ? null : (one ?? 0) + (other ?? 0)

const added = (before: KeyedAdCost, { impressions, clicks, costMinor }: AdCost): KeyedAdCost => ({
  ...before, impressions: plus(before.impressions, impressions), clicks: plus(before.clicks, clicks), costMinor: before.costMinor + costMinor,
})
