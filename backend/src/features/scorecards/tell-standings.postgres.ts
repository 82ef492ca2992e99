import type { Day } from '@comptoir/shared/insights/calendar'
import { consequencesOf, type Consequence } from '@comptoir/shared/scorecards/consequences'
import { standings, type StandingOrNone } from '@comptoir/shared/scorecards/standing'
import { notify, raiseAlert, resolveAlert, type NoticeWay } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { evaluatePortal, type ScoredPortal } from './evaluate-portal.postgres.ts'
import { standingNews, type StandingNews, type Stood } from './standing-news.ts'

interface Change extends Stood {
  readonly vendorId: string
  readonly told: Stood
  readonly news: StandingNews
}

/** Compares today's standings with those people know of, and says what has changed. Once for each change. */
export async function tellStandings(db: Database, portal: ScoredPortal, today: Day, now: Date): Promise<number> {
  const { cards, rules } = await evaluatePortal(db, portal, today)
  const rows = await db.selectFrom('vendor_standings').select(['vendor_id', 'standing', 'score']).where('portal_id', '=', portal.id).execute()
  const known = new Map(rows.map(row => [row.vendor_id, { standing: row.standing as StandingOrNone, score: row.score }]))
  let told = 0
  for (const [vendorId, { standing, score }] of cards) {
    const before = known.get(vendorId)
    const news = before ? standingNews(before, { standing, score }, rules.rules.dropAlert) : null
    // A first standing is nobody's news; one that comes and goes for want of data is kept quietly.
    const isMoved = before ? before.standing !== standing || news !== null || (before.score === null) !== (score === null) : score !== null
    if (!isMoved)
      continue
    await db.transaction().execute(async (tx) => {
      await keepStanding(tx, portal.id, { vendorId, standing, score, since: today })
      if (before && news)
        await tell(tx, portal.id, { vendorId, standing, score, told: before, news }, {
          now, today, bound: rules.rules.settings.standingBounds[1], ways: waysOf(consequencesOf(rules.rules.consequences, standing)),
        })
    })
    told += news ? 1 : 0
  }
  return told
}

const keepStanding = (tx: Tx, portalId: number, { vendorId, standing, score, since }: Stood & { vendorId: string, since: Day }) =>
  tx.insertInto('vendor_standings').values({ portal_id: portalId, vendor_id: vendorId, standing, score, since })
    .onConflict(conflict => conflict.columns(['portal_id', 'vendor_id']).doUpdateSet({ standing, score, since })).execute()

async function tell(tx: Tx, portalId: number, { vendorId, standing, score, told, news }: Change, { now, today, bound, ways }: { now: Date, today: Day, bound: number, ways: readonly NoticeWay[] }): Promise<void> {
  const key = `score-standing:${vendorId}`
  const params = {
    standing: wordsOf(standing), before: wordsOf(told.standing), score: rounded(score), scoreBefore: rounded(told.score), threshold: bound,
  }
  const link = { to: 'vendor' as const, vendorId, section: 'scorecard' }
  if (news === 'fell') {
    const notice = { portalId, kind: 'score_standing_changed' as const, vendorId, params, link, ways }
    const { isNews } = await raiseAlert(tx, { ...notice, key, at: now })
    // The alert is open already: what follows from the lower standing is to happen all the same.
    if (!isNews)
      await notify(tx, { ...notice, key: `${key}:${today}`, recipients: 'owners', alertKey: key })
  }
  else if (news === 'dropped')
    await raiseAlert(tx, { portalId, key: `score-drop:${vendorId}`, kind: 'score_dropped', vendorId, params, link, at: now })
  else
    await notify(tx, { portalId, key: `${key}:${today}`, kind: 'score_standing_improved', vendorId, recipients: 'owners', params, link, ways })
  if (news === 'rose') {
    await resolveAlert(tx, portalId, key, null, now)
    await resolveAlert(tx, portalId, `score-drop:${vendorId}`, null, now)
  }
}

const waysOf = (chosen: readonly Consequence[]): NoticeWay[] => [
  ...chosen.includes('notify') ? ['usual' as const] : [], ...chosen.includes('task') ? ['task' as const] : [], ...chosen.includes('trigger') ? ['trigger' as const] : [],
]

const rounded = (score: number | null): number | null => score === null ? null : Math.round(score * 10) / 10

const english = ['Critical', 'Watch', 'Satisfactory', 'Excellent']
const wordsOf = (standing: StandingOrNone) => {
  const at = standings.indexOf(standing as (typeof standings)[number])
  return { fr: standing, en: english[at] ?? standing }
}
