import type { Measure } from './measure.ts'
import { wilsonInterval } from './wilson.ts'

interface Part {
  readonly part: number
  readonly whole: number
  /**
   * The sample: documents, not the pieces in them. Pieces of one delivery stand and fall together,
   * so an interval over pieces would promise more than is known.
   */
  readonly n: number
}

/** A share with its interval, `per` 100 or a million. */
export function proportion({ part, whole, n }: Part, per = 100): Measure {
  if (whole <= 0)
    return { value: null, n }
  const share = part / whole
  const interval = wilsonInterval(share, n)
  return { value: per * share, n, ...interval && { wilson90: [per * interval[0], per * interval[1]] as const } }
}
