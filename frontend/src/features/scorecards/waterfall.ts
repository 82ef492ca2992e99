import { criterionIds, type CriterionId } from '@comptoir/shared/scorecards/settings'

export interface Step {
  readonly id: CriterionId | 'start' | 'end'
  /** Points that the step adds; the level itself at both ends. */
  readonly points: number
  /** Where its bar begins and how long it is, in percent of the width. */
  readonly at: number
  readonly length: number
}

interface Explained {
  readonly score: number | null
  readonly target: number
  readonly contributions: Readonly<Partial<Record<CriterionId, number>>>
}

const MARGIN = 5
/** A level is a mark, not a bar: the scale does not begin at 0. */
const MARK = 1.5

/** From the target to the score, one criterion after another, drawn over the part of the scale that is used. */
export function waterfall({ score, target, contributions }: Explained): Step[] {
  if (score === null)
    return []
  let level = target
  const moves = criterionIds.flatMap((id) => {
    const points = contributions[id]
    if (points === undefined)
      return []
    const from = level
    level += points
    return [{ id, points, from, to: level }]
  })
  const levels = [target, score, ...moves.map(({ to }) => to)]
  const low = Math.max(0, Math.min(...levels) - MARGIN)
  const high = Math.min(100 + MARGIN, Math.max(...levels) + MARGIN)
  const place = (value: number): number => (100 * (value - low)) / (high - low)
  return [
    { id: 'start', points: target, at: place(target) - MARK / 2, length: MARK },
    ...moves.map(({ id, points, from, to }) => ({ id, points, at: place(Math.min(from, to)), length: Math.abs(place(to) - place(from)) })),
    { id: 'end', points: score, at: place(score) - MARK / 2, length: MARK },
  ]
}
