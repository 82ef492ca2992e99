import { minimiseBetween } from './minimise.ts'
import type { Numbers } from './numbers.ts'

/** Rare events: at least this share of the values is nothing, and none is below. */
const rareShare = 0.4

export function isIntermittent(values: Numbers): boolean {
  let nothing = 0
  for (let index = 0; index < values.length; index++) {
    if (values[index]! < 0)
      return false
    nothing += values[index] === 0 ? 1 : 0
  }
  return nothing < values.length && nothing >= rareShare * values.length
}

/** Teunter, Syntetos and Babai (2011): chance of an event and its size are smoothed apart, so a demand that dies out fades. */
export function teunterSyntetosBabai(values: Numbers, horizon: number): Float64Array {
  const beta = minimiseBetween(candidate => tsb(values, 0.1, candidate).squares, 0.01, 0.5)
  const alpha = minimiseBetween(candidate => tsb(values, candidate, beta).squares, 0.01, 0.5)
  return new Float64Array(horizon).fill(tsb(values, alpha, beta).rate)
}

function tsb(values: Numbers, alpha: number, beta: number): { squares: number, rate: number } {
  let chance = 0
  let size = 0
  let events = 0
  for (let index = 0; index < values.length; index++) {
    if (values[index]! > 0) {
      events++
      size += values[index]!
    }
  }
  chance = events / values.length
  size /= Math.max(1, events)
  let squares = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    squares += (value - chance * size) ** 2
    chance += beta * ((value > 0 ? 1 : 0) - chance)
    if (value > 0)
      size += alpha * (value - size)
  }
  return { squares, rate: chance * size }
}

/** Croston (1972) with the correction of Syntetos and Boylan (2005): size of an event over the time between events. */
export function croston(values: Numbers, horizon: number): Float64Array {
  const alpha = 0.1
  let size = 0
  let interval = 0
  let since = 0
  let isStarted = false
  for (let index = 0; index < values.length; index++) {
    since++
    const value = values[index]!
    if (value <= 0)
      continue
    size = isStarted ? size + alpha * (value - size) : value
    interval = isStarted ? interval + alpha * (since - interval) : since
    isStarted = true
    since = 0
  }
  return new Float64Array(horizon).fill(isStarted ? (1 - alpha / 2) * size / interval : 0)
}
