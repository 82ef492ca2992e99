/** Seeded numbers in [0, 1): the same seed always tells the same story. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A stable number in [0, below) for a row and a purpose, without keeping anything. */
export function scatter(row: number, purpose: number, below: number): number {
  let mixed = Math.imul(row + 1, 0x9E3779B1) ^ Math.imul(purpose + 1, 0x85EBCA6B)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2C1B3C6D)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297A2D39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below
}
