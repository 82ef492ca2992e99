import type { PipelineForecast } from '@comptoir/shared/forecasts/forecast.contract'
import { calibrate, corrected, correctionOf, judged, learnHazards, winChances, type Hazards } from '@comptoir/shared/forecasts/pipeline'
import { simulateCells, simulatePipeline } from '@comptoir/shared/forecasts/pipeline-simulation'
import { addDays, addMonths, dayAt, daysBetween, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { neededClosed, readLessons, replayDays } from './pipeline-lessons.postgres.ts'
import { readOpenDeals, readStageNames, type PipelineSubject, type StageName, type StandingDeal } from './pipeline.postgres.ts'

const runs = 2000
const seed = 20_260_101

/** What the open deals bring until the third month from now has ended, within what the viewer may see. */
export async function readPipelineForecast(db: Database, subject: PipelineSubject, now: Date): Promise<PipelineForecast> {
  const [{ stays, known, replays }, open, names] = await Promise.all([
    readLessons(db, subject, now), readOpenDeals(db, subject, now), readStageNames(db, subject),
  ])
  const hazards = learnHazards(stays)
  const windows = windowsFrom(dayAt(now, subject.reader.portal.timeZone))
  const chancesOf = winChances(hazards, windows.map(({ from, to }) => daysBetween(from, to) + 1), open.map(({ stage }) => stage))
  const isRefused = known < neededClosed
  const correction = correctionOf(replays)
  const calibration = calibrate(judged(replays))
  const deals = isRefused ? [] : open.map(({ days, ...deal }): ChancedDeal => ({ ...deal, chances: chancesOf(deal.stage, days).map(chance => corrected(chance, correction)) }))
  const priced = deals.filter(({ amount }) => amount > 0)
  const simulate = priced.some(({ deals: together }) => together > 1) ? simulateCells : simulatePipeline
  const { windows: spreads, total } = simulate(priced, { runs, seed, windows: windows.length, endedOf: hazards.endedOf, drift: correction.drift })
  return {
    currency: subject.reader.portal.currency,
    runs,
    openDeals: sumOf(open, ({ deals: count }) => count),
    withoutAmount: sumOf(open, ({ unpriced }) => unpriced),
    openAmount: sumOf(open, ({ amount }) => amount),
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

interface ChancedDeal extends Omit<StandingDeal, 'days'> { readonly chances: readonly number[] }

const sumOf = <T>(all: readonly T[], worth: (one: T) => number): number => all.reduce((sum, one) => sum + worth(one), 0)

function stagesOf(open: readonly StandingDeal[], deals: readonly ChancedDeal[], hazards: Hazards, names: ReadonlyMap<string, StageName>): PipelineForecast['stages'] {
  const chances = new Map([...Map.groupBy(deals, ({ stage }) => stage)].map(([stage, all]) => {
    const isWeighed = sumOf(all, ({ amount }) => amount) > 0
    const weightOf = ({ amount, deals: count }: ChancedDeal): number => isWeighed ? amount : count
    return [stage, sumOf(all, deal => weightOf(deal) * sumOf(deal.chances, chance => chance)) / sumOf(all, weightOf)] as const
  }))
  return [...Map.groupBy(open, ({ stage }) => stage)]
    .map(([stageId, all]) => ({
      stageId,
      label: names.get(stageId)?.label ?? stageId,
      pipeline: names.get(stageId)?.pipeline ?? null,
      deals: sumOf(all, ({ deals: count }) => count),
      amount: sumOf(all, ({ amount }) => amount),
      chance: chances.get(stageId) ?? null,
      ended: hazards.endedOf(stageId),
    }))
    .toSorted((a, b) => (names.get(a.stageId)?.sort ?? Infinity) - (names.get(b.stageId)?.sort ?? Infinity))
}
