import { AppError } from '@comptoir/shared/errors'
import { instantsOf, resolvePeriod, type DayRange } from '@comptoir/shared/insights/period'
import { addDays } from '@comptoir/shared/insights/calendar'
import { foldName } from '@comptoir/shared/sources/ad-cost'
import { channelRules, type Channel } from '@comptoir/shared/sources/channels'
import { addFacts, figuresOf, type ChannelFacts } from '@comptoir/shared/sources/marketing'
import type { MarketingQuery, MarketingReport, MarketingRow } from '@comptoir/shared/sources/marketing.contract'
import { dealOnlooker } from '../../platform/access/deal-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { readChannelNames } from '../../platform/records/channels.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readCosts, readProspects, readWins, type CostRow, type OriginRow } from './marketing-facts.postgres.ts'

export type MarketingReader = Pick<Caller, 'portal' | 'viewer'>

/** @throws AppError request.invalid for a period that is none */
export async function readMarketing(db: Database, reader: MarketingReader, query: MarketingQuery, now: Date): Promise<MarketingReport> {
  const { portal, viewer } = reader
  const by = query.by ?? 'channel'
  const range = resolvePeriod(query, { now, timeZone: portal.timeZone })
  const onlooker = dealOnlooker(portal, viewer)
  const instants = instantsOf(range, portal.timeZone)
  const [costs, prospects, wins, names] = await Promise.all([
    readCosts(db, portal.id, range), readProspects(db, onlooker, instants), readWins(db, onlooker, instants), readChannelNames(db, portal.id),
  ])
  const { adChannels, crmSources, links } = names
  const isRestricted = onlooker.scope !== 'all'
  const rules = channelRules(names)
  const rows = rowsOf({ costs, prospects, wins }, by === 'channel' ? { ofCost: row => rules.ofCost(row.channelKey), ofOrigin: rules.ofOrigin } : campaigns, isRestricted)
  return {
    by, currency: portal.currency, ...daysOf(range), rows, total: totalOf(rows, isRestricted), isRestricted,
    leftOut: { costsWithoutRate: sum(costs, 'withoutRate'), wonWithoutAmount: sum(wins, 'withoutAmount') },
    hasSources: adChannels.size > 0,
    channels: [...adChannels].map(([channelKey, channel]) => ({
      channelKey, channel, crmSourceId: links.get(channelKey) ?? rules.automatic(channelKey), isAutomatic: !links.has(channelKey) && rules.automatic(channelKey) !== null,
    })),
    crmSources: [...crmSources].map(([id, name]) => ({ id, name })),
  }
}

const daysOf = ({ from, to }: DayRange) => ({ from, to: to === null ? null : addDays(to, -1) })
const sum = <Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number => rows.reduce((total, row) => total + row[key], 0)
const withFigures = (facts: ChannelFacts, isRestricted: boolean) => ({ ...facts, ...figuresOf(facts, isRestricted) })

/** Cost is divided by what came of the channels that cost something: what came for nothing would flatter it. */
function totalOf(rows: readonly MarketingRow[], isRestricted: boolean): MarketingReport['total'] {
  const all = withFigures(addFacts(rows), isRestricted)
  return { ...all, ...figuresOf(addFacts(rows.filter(({ costMinor }) => costMinor !== null)), isRestricted), conversion: all.conversion }
}

interface Grouping {
  readonly ofCost: (row: CostRow) => Channel
  readonly ofOrigin: (row: OriginRow) => Channel
}

/** A campaign is its name; what carries no campaign is one row of its own. */
const named = (name: string | null): Channel => foldName(name ?? '') === '' ? { key: 'none', label: null } : { key: foldName(name ?? ''), label: name }
const campaigns: Grouping = { ofCost: row => named(row.campaign), ofOrigin: row => named(row.utmCampaign) }

interface Facts { readonly costs: readonly CostRow[], readonly prospects: readonly (OriginRow & Partial<ChannelFacts>)[], readonly wins: readonly (OriginRow & Partial<ChannelFacts>)[] }

function rowsOf({ costs, prospects, wins }: Facts, { ofCost, ofOrigin }: Grouping, isRestricted: boolean): MarketingRow[] {
  const parts = new Map<string, { label: string | null, facts: Partial<ChannelFacts>[] }>()
  const put = ({ key, label }: Channel, { costMinor, impressions, clicks, leads, converted, won, revenueMinor, withoutAmount, newCustomers }: Partial<ChannelFacts>): void => {
    const known = parts.get(key) ?? { label, facts: [] }
    const given = Object.entries({ costMinor, impressions, clicks, leads, converted, won, revenueMinor, withoutAmount, newCustomers }).filter(([, value]) => value !== undefined)
    parts.set(key, { ...known, facts: [...known.facts, Object.fromEntries(given) as Partial<ChannelFacts>] })
  }
  for (const row of costs)
    put(ofCost(row), row)
  for (const row of [...prospects, ...wins])
    put(ofOrigin(row), row)
  return [...parts].map(([key, { label, facts }]): MarketingRow => ({ key, label, ...withFigures(addFacts(facts), isRestricted) }))
    .toSorted((a, b) => (b.costMinor ?? -1) - (a.costMinor ?? -1) || b.leads - a.leads || a.key.localeCompare(b.key))
}

export async function linkChannel(db: Database, { portal, viewer }: MarketingReader, { channelKey, crmSourceId }: { channelKey: string, crmSourceId: string | null }, now: Date): Promise<void> {
  const key = foldName(channelKey)
  if (key === '')
    throw new AppError('request.invalid', { details: { reason: 'channel' } })
  if (crmSourceId === null) {
    await db.deleteFrom('ad_channel_links').where('portal_id', '=', portal.id).where('channel_key', '=', key).execute()
    return
  }
  const said = { crm_source_id: crmSourceId, updated_at: now, updated_by: viewer.userId }
  await db.insertInto('ad_channel_links').values({ portal_id: portal.id, channel_key: key, ...said })
    .onConflict(conflict => conflict.columns(['portal_id', 'channel_key']).doUpdateSet(said)).execute()
}
