import { withoutBreath, type EachInTurn } from '../each-in-turn.ts'
import { readCurrency } from '../imports/currency.ts'
import { parseDate, type DateOrder } from '../imports/dates.ts'
import { isWhole, parseAmount, type DecimalMark } from '../imports/numbers.ts'
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

interface AdCounts {
  readonly day: string
  readonly channel: string
  readonly campaign: string
  readonly impressions: number | null
  readonly clicks: number | null
  readonly currency: string
}

/** Parts of a minor unit: networks charge fractions of a cent, and a day's fractions are rounded once, together. */
const partsPerMinor = 10_000
const partDigits = 4

/** What one row says of one day. Counts are null where nobody says them. */
export interface AdCost extends AdCounts {
  /** In ten-thousandths of a minor unit. */
  readonly costParts: number
}

export const minorOf = ({ costParts }: Pick<AdCost, 'costParts'>): number => Math.round(costParts / partsPerMinor)

export const adFaults = ['day_missing', 'day_unreadable', 'cost_missing', 'cost_unreadable', 'count_unreadable', 'currency_unknown', 'currency_mixed', 'channel_missing', 'total'] as const
export type AdFault = (typeof adFaults)[number]

export type AdCostReading = { readonly ok: true, readonly row: AdCost } | { readonly ok: false, readonly fault: AdFault }

const refused = (fault: AdFault): AdCostReading => ({ ok: false, fault })

export function readAdCost(cells: readonly string[], plan: AdCostPlan): AdCostReading {
  const cell = (field: AdField): string => plan.columns[field] === undefined ? '' : (cells[plan.columns[field]] ?? '').trim()
  const day = parseDate(cell('day'), plan.dateOrder)
  if (isTotal(cell('day')) || isTotal(cell('campaign')) || isTotal(cell('channel')))
    return refused('total')
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
  return { ok: true, row: { day: day.day, channel, campaign: tidy(cell('campaign')), impressions, clicks, costParts: cost.parts, currency: cost.currency } }
}

type CostReading = { readonly ok: true, readonly parts: number, readonly currency: string } | { readonly ok: false, readonly fault: AdFault }

function readCost(text: string, { decimal, costUnit, columns }: AdCostPlan, currency: string): CostReading {
  const exponent = currencyExponent(currency)
  const amount = parseAmount(text, decimal, costUnit === 'micros' ? 0 : costUnit === 'major' ? exponent + partDigits : partDigits)
  if (!amount.ok)
    return { ok: false, fault: amount.reason === 'missing' ? 'cost_missing' : 'cost_unreadable' }
  // A sign beside the figure says more than an assumption, but less than a column of its own.
  const own = columns.currency === undefined && amount.currency !== null ? readCurrency(amount.currency, currency) ?? currency : currency
  const parts = costUnit === 'micros' ? Math.round(amount.minor * partsPerMinor * 10 ** exponent / 1_000_000) : amount.minor
  return currencyExponent(own) === exponent ? { ok: true, parts, currency: own } : { ok: false, fault: 'currency_unknown' }
}

/** A whole number: any separator in it parts thousands. Undefined when it is none; null when nothing is there. */
function readCount(text: string): number | null | undefined {
  if (text === '' || /^[-–—]+$/.test(text))
    return null
  const plain = text.replace(/[\s\u00A0\u202F'’]/g, '').replace(/[.,]0{1,2}$/, '')
  const count = isWhole(plain) ? Number(plain.replace(/\D/g, '')) : Number.NaN
  return Number.isSafeInteger(count) ? count : undefined
}

/** "Total", "Grand total", "Sous-total", "Total : compte": a line that repeats what others say, not a name. */
const isTotal = (name: string): boolean => /^(?:grand |sous |sub ?)?tota(?:l|ux|ls)(?: (?:general|account|compte|campaigns?|campagnes?))?$/.test(foldName(name))

const tidy = (text: string): string => text.replace(/\p{Cc}/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 200)

/** Names are compared without case, accents and signs: "Google-Ads" and "google ads" are one channel. */
export const foldName = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

export interface KeyedAdCost extends AdCounts {
  readonly costMinor: number
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
export async function foldAdCosts(costs: Iterable<AdCost>, eachInTurn: EachInTurn = withoutBreath): Promise<Folded> {
  const folded = new Map<string, AdCost & Pick<KeyedAdCost, 'channelKey' | 'campaignKey'>>()
  const names = new Map<string, string>()
  const keyOf = (name: string): string => {
    const known = names.get(name) ?? foldName(name)
    names.set(name, known)
    return known
  }
  let mixed = 0
  await eachInTurn(costs, (row) => {
    const [channelKey, campaignKey] = [keyOf(row.channel), keyOf(row.campaign)]
    const key = `${row.day}\n${channelKey}\n${campaignKey}`
    const before = folded.get(key)
    if (before && before.currency !== row.currency)
      mixed++
    else
      folded.set(key, before ? added(before, row) : { ...row, channelKey, campaignKey })
  })
  const rows: KeyedAdCost[] = []
  await eachInTurn(folded.values(), ({ costParts, ...row }) => rows.push({ ...row, costMinor: minorOf({ costParts }) }))
  return { rows, mixed }
}

const plus = (one: number | null, other: number | null): number | null => one === null && other === null ? null : (one ?? 0) + (other ?? 0)

const added = <Row extends AdCost>(before: Row, row: AdCost): Row => ({
  ...before, impressions: plus(before.impressions, row.impressions), clicks: plus(before.clicks, row.clicks), costParts: before.costParts + row.costParts,
})

/** What is left once a row that names no campaign and repeats the sum of all others is taken for what it is. */
export function withoutTotal(rows: readonly AdCost[]): { readonly rows: readonly AdCost[], readonly total: AdCost | null } {
  const sum = rows.reduce((all, row) => all + row.costParts, 0)
  const total = rows.length < 3
    ? undefined
    : rows.find(row => row.campaign === '' && row.costParts > 0 && Math.abs(2 * row.costParts - sum) < partsPerMinor && rows.every(other => other === row || other.campaign !== ''))
  return total ? { rows: rows.filter(row => row !== total), total } : { rows, total: null }
}
