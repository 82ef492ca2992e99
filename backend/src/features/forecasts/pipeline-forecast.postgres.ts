import type { PipelineForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { calibrate, corrected, correctionOf, judged, learnHazards, simulatePipeline, winChances, type Hazards, type OpenDeal, type Replay } from '@comptoir/shared/forecasts/pipeline'
import { addDays, addMonths, dayAt, daysBetween, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { countClosed, readStays, readOpenDeals, readStageNames, readStandings, type PipelineSubject, type StageName, type StandingDeal } from './pipeline.postgres.ts'

const runs = 2000
const seed = 20_260_101
/** Fewer closed deals than this teach nothing of stages. */
const neededClosed = 20
const replayDays = 90
const quarters = 4
const dayMs = 86_400_000

/** What the open deals bring until the third month from now has ended, within what the viewer may see. */
export async function readPipelineForecast(db: Database, subject: PipelineSubject, now: Date): Promise<PipelineForecast> {
  const [stays, open, names, known] = await Promise.all([
    readStays(db, subject, now), readOpenDeals(db, subject, now), readStageNames(db, subject), countClosed(db, subject, now),
  ])
  const hazards = learnHazards(stays)
  const windows = windowsFrom(dayAt(now, subject.reader.portal.timeZone))
  const chancesOf = winChances(hazards, windows.map(({ from, to }) => daysBetween(from, to) + 1), open.map(({ stage }) => stage))
  const isRefused = known < neededClosed
  const replays = isRefused ? [] : await replay(db, subject, now)
  const correction = correctionOf(replays)
  const calibration = calibrate(judged(replays))
  const deals = isRefused ? [] : open.map(({ stage, days, amount }): OpenDeal => ({ stage, amount: amount ?? 0, chances: chancesOf(stage, days).map(chance => corrected(chance, correction)) }))
  const { windows: spreads, total } = simulatePipeline(deals.filter(({ amount }) => amount > 0), { runs, seed, windows: windows.length, endedOf: hazards.endedOf, drift: correction.drift })
  return {
    currency: subject.reader.portal.currency,
    runs,
    openDeals: open.length,
    withoutAmount: open.filter(({ amount }) => amount === null).length,
    openAmount: open.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    refusal: isRefused ? { known, needed: neededClosed } : null,
    windows: isRefused ? [] : windows.map((window, index) => ({ ...window, ...spreads[index]! })),
    total: isRefused ? null : total,
    stages: stagesOf(open, deals, hazards, names),
    calibration: calibration && { ...calibration, bins: [...calibration.bins] },
    calibrationDays: replayDays,
  }
}

/** The rest of this month, and the three that follow. */
function windowsFrom(today: Day): { from: Day, to: Day }[] {
  const next = addMonths(startOfMonth(today), 1)
  return [{ from: today, to: addDays(next, -1) }, ...[0, 1, 2].map(ahead => ({ from: addMonths(next, ahead), to: addDays(addMonths(next, ahead + 1), -1) }))]
}

function stagesOf(open: readonly StandingDeal[], deals: readonly OpenDeal[], hazards: Hazards, names: ReadonlyMap<string, StageName>): PipelineForecast['stages'] {
  const chances = new Map([...Map.groupBy(deals, ({ stage }) => stage)].map(([stage, all]) => {
    const weight = all.reduce((sum, { amount }) => sum + amount, 0)
    const won = all.reduce((sum, { amount, chances: each }) => sum + (weight > 0 ? amount : 1) * each.reduce((total, chance) => total + chance, 0), 0)
    return [stage, won / (weight > 0 ? weight : all.length)] as const
  }))
  return [...Map.groupBy(open, ({ stage }) => stage)]
    .map(([stageId, all]) => ({
      stageId,
      label: names.get(stageId)?.label ?? stageId,
      pipeline: names.get(stageId)?.pipeline ?? null,
      deals: all.length,
      amount: all.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
      chance: chances.get(stageId) ?? null,
      ended: hazards.endedOf(stageId),
    }))
    .toSorted((a, b) => (names.get(a.stageId)?.sort ?? Infinity) - (names.get(b.stageId)?.sort ?? Infinity))
}

/** Past quarters played again with what was known then, and held against what came. */
async function replay(db: Database, subject: PipelineSubject, now: Date): Promise<Replay[]> {
  const moments = Array.from({ length: quarters }, (_, back) => new Date(now.getTime() - (back + 1) * replayDays * dayMs))
  return Promise.all(moments.map(async (at) => {
    if (await countClosed(db, subject, at) < neededClosed)
      return []
    const chancesOf = winChances(learnHazards(await readStays(db, subject, at)), [replayDays])
    const standings = await readStandings(db, subject, at, replayDays)
    return standings.map(({ stage, days, deals, won }) => ({ chance: chancesOf(stage, days)[0]!, deals, won }))
  }))
}
