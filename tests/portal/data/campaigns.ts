import { scatter } from './random.ts'

export interface Campaign {
  utmSource: string
  utmMedium: string
  utmCampaign: string
}

const paid: Campaign[] = [
  { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'recherche-marque' },
  { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'recherche-produits' },
  { utmSource: 'linkedin', utmMedium: 'cpc', utmCampaign: 'decideurs-achats' },
  { utmSource: 'meta', utmMedium: 'cpc', utmCampaign: 'notoriete' },
]
const mailing: Campaign = { utmSource: 'newsletter', utmMedium: 'email', utmCampaign: 'lettre-mensuelle' }

/** What a visitor's address said: advertising always names its campaign, the web site every other time. */
export function campaignOf(sourceId: string, row: number): Campaign | null {
  if (sourceId === 'ADVERTISING')
    return paid[scatter(row, 70, paid.length)]!
  return sourceId === 'WEB' && scatter(row, 71, 2) === 0 ? mailing : null
}
