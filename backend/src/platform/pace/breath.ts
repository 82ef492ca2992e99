import { setImmediate } from 'node:timers/promises'
import type { EachInTurn } from '@comptoir/shared/each-in-turn'

/** A millisecond or two of reading; whoever asks meanwhile is answered before the next ones. */
const itemsAtOnce = 200

export const withBreath: EachInTurn = async (items, work) => {
  let done = 0
  for (const item of items) {
    work(item)
    if (++done % itemsAtOnce === 0)
      await setImmediate()
  }
}

const pieceLength = 65_536

/** The same for a long text or file, piece by piece: the work is told where each one begins and ends. */
export async function byPieces(length: number, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < length; from += pieceLength) {
    work(from, from + pieceLength)
    await setImmediate()
  }
}
