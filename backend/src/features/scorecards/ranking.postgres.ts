import { sql } from 'kysely'
import { startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import { consequencesOf } from '@comptoir/shared/scorecards/consequences'
import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import type { Ranking, RulesEffect } from '@comptoir/shared/scorecards/scorecard.contract'
import { seesAllVendors, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { evaluatePortal, type Evaluation } from './evaluate-portal.postgres.ts'
import { requireSound } from './rules.postgres.ts'
import type { Asker } from './vendor-scorecard.postgres.ts'

/** Vendors whose scores the viewer may see, best first; what cannot be scored comes last. */
export async function readRanking(db: Database, asker: Asker, asOf: Day): Promise<Ranking> {
  const { portal } = asker
  const [{ cards, rules, input }, visible, isWhole, lastScores] = await Promise.all([
    evaluatePortal(db, portal, asOf),
    visibleVendors(db, asker, { group: 'scores' }).select(['vendors.vendor_id', 'vendors.name']).execute(),
    seesAllVendors(db, asker, 'scores'),
    readLastScores(db, portal.id, asOf),
  ])
  const previous = new Map(input.suppliers.map(({ id, previous: standing }) => [String(id), standing ?? null]))
  const vendors = visible.flatMap(({ vendor_id: vendorId, name }) => {
    const card = cards.get(vendorId)
    // Nothing is known of it but which papers are asked for: it has no place in a ranking.
    if (!card || Object.values(card.criteria).every(({ raw }) => raw === null))
      return []
    const { category, criteria, vetoes, isIndicative, score, coverage, standing } = card
    return [{ vendorId, name, category, criteria, vetoes: [...vetoes], isIndicative, score, coverage, standing, previous: previous.get(vendorId) ?? null, lastScore: lastScores.get(vendorId) ?? null }]
  })
  return {
    asOf,
    from: input.from ?? null,
    rules,
    vendors: vendors.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.name.localeCompare(b.name)),
    isWithinRights: !isWhole,
  }
}

async function readLastScores(db: Database, portalId: number, asOf: Day): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ vendor_id: string, score: number | null }>`
    select distinct on (vendor_id) vendor_id, score from scorecard_snapshots
    where portal_id = ${portalId} and month < ${startOfMonth(asOf)}::date order by vendor_id, month desc`.execute(db)
  return new Map(rows.map(({ vendor_id, score }) => [vendor_id, score]))
}

/** What other rules would change for every vendor of the portal; for administrators. */
export async function previewRules(db: Database, { portal }: Asker, rules: ScorecardRules, asOf: Day): Promise<RulesEffect> {
  requireSound(rules)
  const [before, after] = await Promise.all([
    evaluatePortal(db, portal, asOf),
    evaluatePortal(db, portal, asOf, { version: 0, rules, changedAt: null, changedBy: null }),
  ])
  const moved = before.documents.vendors.flatMap(({ id, name }) => {
    const [was, is] = [before.cards.get(id), after.cards.get(id)]
    return was && is && (was.score !== is.score || was.standing !== is.standing)
      ? [{ vendorId: id, name, before: was.score, after: is.score, standingBefore: was.standing, standingAfter: is.standing }] : []
  })
  const distance = ({ before: was, after: is }: RulesEffect['moved'][number]): number => Math.abs((is ?? 0) - (was ?? 0))
  return {
    scored: { before: scoredCount(before), after: scoredCount(after) },
    blocked: { before: blockedCount(before), after: blockedCount(after) },
    moved: moved.toSorted((a, b) => Number(b.standingBefore !== b.standingAfter) - Number(a.standingBefore !== a.standingAfter) || distance(b) - distance(a)),
  }
}

const blockedCount = ({ cards, rules }: Evaluation): number =>
  [...cards.values()].filter(({ standing }) => consequencesOf(rules.rules.consequences, standing).includes('blockPayments')).length

const scoredCount = ({ cards }: Evaluation): number => [...cards.values()].filter(({ score }) => score !== null).length
