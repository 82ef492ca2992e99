import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { VendorScorecard } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { Ranking, WeightProfile } from '@comptoir/shared/scorecards/scorecard.contract'
import { call } from './install.ts'

/** The months that the demo company's documents tell of are stored, one of them is disputed, and one way to weigh is shared. */
export async function furnishScorecards(appUrl: string, session: Session): Promise<void> {
  const ask = (method: string, path: string, body?: unknown) => call(appUrl, session, method, path, body)
  const profiles = await ask('GET', '/api/scorecards/profiles') as WeightProfile[]
  if (profiles.length > 0)
    return
  await ask('POST', '/api/scorecards/profiles', {
    name: 'Délais avant tout', weights: { delivery: 60, quality: 20, price: 10, service: 5, compliance: 5 }, isShared: true,
  })
  await ask('POST', '/api/scorecards/months')
  const { vendors } = await ask('GET', '/api/scorecards') as Ranking
  const last = vendors.findLast(({ score }) => score !== null)
  if (!last)
    return
  const month = await untilMonth(() => ask('GET', `/api/vendors/${last.vendorId}/scorecard`) as Promise<VendorScorecard>)
  if (!month)
    return
  const url = `/api/vendors/${last.vendorId}/scorecard/months/${month}/comments`
  await ask('POST', url, { kind: 'contest', onBehalfOf: 'Claire Fontaine, responsable logistique', body: 'Deux de nos livraisons ont attendu votre quai pendant l’inventaire : elles étaient à l’heure.' })
  await ask('POST', url, { kind: 'answer', body: 'Vérifié avec l’entrepôt : une seule des deux. La note reste telle quelle.' })
}

async function untilMonth(read: () => Promise<VendorScorecard>): Promise<string | null> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const month = (await read()).months.at(-1)?.month
    if (month)
      return month
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  return null
}
