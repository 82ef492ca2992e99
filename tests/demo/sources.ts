import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { SourceInput, SourcePreview, Sources } from '@comptoir/shared/sources/source.contract'
import { call } from './install.ts'
import { ledgerFiles } from './ledger.ts'

const dayMs = 86_400_000
const written = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

/** Campaigns by the tags that the CRM has: cost of a week in euros. */
const campaigns = [
  ['Google Ads', 'recherche-marque', 420], ['Google Ads', 'recherche-produits', 1_150], ['LinkedIn Ads', 'decideurs-achats', 860], ['Meta Ads', 'notoriete', 390],
] as const

/** As a network exports it: a line per week and campaign, thousands parted by spaces, comma for cents. */
export function adCostFile(now: Date): string {
  const rows = Array.from({ length: 78 }, (_, week) => campaigns.map(([channel, campaign, cost], at) => {
    const turn = 0.8 + ((week * 7 + at * 13) % 11) / 25
    const spent = (cost * turn).toFixed(2).replace('.', ',')
    const clicks = Math.round(cost * turn / (1.4 + at / 2))
    return [written(now.getTime() - (week * 7 + 3) * dayMs), channel, campaign, String(clicks * 34), String(clicks), spent].join(';')
  })).flat()
  return ['Jour;Canal;Campagne;Impressions;Clics;Coût (EUR)', ...rows].join('\r\n')
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Advertising costs and the books, loaded once. */
export async function furnishSources(appUrl: string, session: Session, now: Date): Promise<void> {
  const known = await call(appUrl, session, 'GET', '/api/sources') as Sources
  if (known.sources.length > 0)
    return
  const file = { name: 'couts-publicitaires.csv', base64: base64(adCostFile(now)) }
  const unset = { dataset: 'ad_costs', kind: 'file', address: null, headers: [], settings: null } as const
  const { settings } = await call(appUrl, session, 'POST', '/api/sources/preview', { ...unset, file }) as SourcePreview
  const input: SourceInput = { ...unset, headers: [], settings, name: 'Régies publicitaires', recurrence: null, timeZone: known.timeZone, isSignatureRequired: false }
  const { sourceId } = await call(appUrl, session, 'POST', '/api/sources', input) as { sourceId: string }
  await call(appUrl, session, 'POST', `/api/sources/${sourceId}/files`, file)
  const { sourceId: booksId } = await call(appUrl, session, 'POST', '/api/sources', { ...input, dataset: 'ledger', settings: null, name: 'Comptabilité générale' }) as { sourceId: string }
  for (const { name, text } of ledgerFiles(now))
    await call(appUrl, session, 'POST', `/api/sources/${booksId}/files`, { name, base64: base64(text) })
}
