import { foldName } from './ad-cost.ts'

export interface ChannelNames {
  /** Channels that costs name, by folded name. */
  readonly adChannels: ReadonlyMap<string, string>
  /** Sources of the CRM: id and name. */
  readonly crmSources: ReadonlyMap<string, string>
  /** What an administrator said: folded channel to id of a source. */
  readonly links: ReadonlyMap<string, string>
}

/** Where something came from, as the CRM knows it. */
export interface Origin {
  readonly sourceId: string | null
  readonly utmSource: string | null
}

export interface Channel {
  readonly key: string
  /** Null: nobody knows where it came from. */
  readonly label: string | null
}

/** Networks are tagged by several names; costs by one. */
const aliases: Readonly<Record<string, string>> = { facebook: 'meta', fb: 'meta', instagram: 'meta', ig: 'meta', adwords: 'google', 'google adwords': 'google', bing: 'microsoft' }

const stemOf = (folded: string): string => {
  const stem = folded.replace(/ (?:ads?|advertising)$/, '')
  return aliases[stem] ?? stem
}

/**
 * One channel for cost and origin. A cost stands with the source of the CRM that an administrator linked it to, or that
 * bears its name; else alone. An origin stands with the costs of its utm_source, else with its source of the CRM.
 */
export function channelRules({ adChannels, crmSources, links }: ChannelNames): { ofCost: (folded: string) => Channel, ofOrigin: (origin: Origin) => Channel, automatic: (folded: string) => string | null } {
  const byName = new Map([...crmSources].flatMap(([id, name]) => [[foldName(name), id], [foldName(id), id]] as const))
  const byStem = new Map([...adChannels.keys()].map(folded => [stemOf(folded), folded]))
  const automatic = (folded: string): string | null => byName.get(folded) ?? null
  const crm = (id: string): Channel => ({ key: `crm:${id}`, label: crmSources.get(id) ?? id })
  const ofCost = (folded: string): Channel => {
    const id = links.get(folded) ?? automatic(folded)
    return id === null ? { key: `ad:${folded}`, label: adChannels.get(folded) ?? folded } : crm(id)
  }
  const ofOrigin = ({ sourceId, utmSource }: Origin): Channel => {
    const tag = foldName(utmSource ?? '')
    const paid = adChannels.has(tag) ? tag : byStem.get(stemOf(tag))
    if (tag !== '' && paid !== undefined)
      return ofCost(paid)
    if (sourceId !== null && sourceId !== '')
      return crm(sourceId)
    return tag === '' ? { key: 'none', label: null } : { key: `utm:${tag}`, label: utmSource }
  }
  return { ofCost, ofOrigin, automatic }
}
