import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { PersonMatch, PersonSearch } from '@comptoir/shared/personal-data/personal-data.contract'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { logErasure } from './erasures.postgres.ts'
import { searchOpenWorkbooks } from './open-workbooks.postgres.ts'
import { otherPlaces } from './other-places.postgres.ts'
import { vendorPlaces, type Found, type Place, type Sought } from './places.postgres.ts'

const places: readonly Place[] = [...vendorPlaces, ...otherPlaces]
const shown = 200
const shownText = 200

export function soughtBy(portalId: number, term: string): Sought {
  const words = term.trim()
  const digits = words.replace(/\D/g, '')
  return {
    portalId,
    words,
    pattern: `%${words.replace(/[\\%_]/g, '\\$&').replace(/\s+/g, '%')}%`,
    // « +33 6 12 34 56 78 » and « 06 12 34 56 78 » end alike.
    digits: digits.length >= 8 && /^[\d\s().+/-]+$/.test(words) ? digits.slice(-9) : null,
  }
}

export async function searchPerson(db: Database, portalId: number, term: string): Promise<PersonSearch> {
  const sought = soughtBy(portalId, term)
  const matches: PersonMatch[] = []
  for (const place of places) {
    const { rows } = await sql<Found>`${place.find(sought)} order by 1 limit ${shown + 1}`.execute(db)
    matches.push(...rows.map(row => matchOf(place, row)))
  }
  matches.push(...(await searchOpenWorkbooks(db, sought)).map(row => matchOf({ name: 'openWorkbooks', kind: 'importFile' }, row)))
  return { matches: matches.slice(0, shown), isCut: matches.length > shown }
}

const matchOf = ({ name, kind, erase }: Omit<Place, 'find'>, { id, subject, field, value }: Found): PersonMatch => ({
  matchId: `${name}:${id}`, kind, subject, field, value: value.length > shownText ? `${value.slice(0, shownText)}…` : value, isErasable: erase !== undefined,
})

interface Erasing { readonly term: string, readonly matchIds: readonly string[], readonly now: Date, readonly reason: string }

/** @throws AppError personal_data.changed_meanwhile when something that was chosen is not found any more */
export async function erasePerson(db: Database, { portal, viewer }: Caller, { term, matchIds, now, reason }: Erasing): Promise<void> {
  const sought = soughtBy(portal.id, term)
  await db.transaction().execute(async (tx) => {
    const counts = new Map<string, number>()
    const chosen = new Set(matchIds)
    for (const place of places) {
      const wanted = matchIds.filter(id => id.startsWith(`${place.name}:`)).map(id => id.slice(place.name.length + 1))
      if (!place.erase || wanted.length === 0)
        continue
      const { rows } = await sql<{ id: string }>`select id from (${place.find(sought)}) as found where id = any(${wanted}::text[])`.execute(tx)
      if (rows.length === 0)
        continue
      await place.erase(tx, sought, rows.map(({ id }) => id), { userId: viewer.userId, now, reason })
      rows.forEach(({ id }) => chosen.delete(`${place.name}:${id}`))
      counts.set(place.kind, (counts.get(place.kind) ?? 0) + rows.length)
    }
    if (chosen.size > 0)
      throw new AppError('personal_data.changed_meanwhile', { details: { count: chosen.size } })
    await logErasure(tx, { portalId: portal.id, reason: 'request', counts, at: now, by: viewer.userId })
  })
}
