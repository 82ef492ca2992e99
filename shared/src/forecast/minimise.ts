/** The least value of a function of one variable between two bounds: a coarse grid finds the valley, golden section its floor. */
export function minimiseBetween(cost: (x: number) => number, low: number, high: number, { grid = 12, tolerance = 1e-7 } = {}): number {
  let best = low
  let least = Infinity
  for (let step = 0; step <= grid; step++) {
    const x = low + (high - low) * step / grid
    const value = cost(x)
    if (value < least) {
      least = value
      best = x
    }
  }
  const width = (high - low) / grid
  return goldenSection(cost, Math.max(low, best - width), Math.min(high, best + width), tolerance)
}

const golden = (Math.sqrt(5) - 1) / 2

function goldenSection(cost: (x: number) => number, from: number, to: number, tolerance: number): number {
  let a = from
  let b = to
  let c = b - golden * (b - a)
  let d = a + golden * (b - a)
  let atC = cost(c)
  let atD = cost(d)
  while (b - a > tolerance) {
    if (atC < atD) {
      b = d
      d = c
      atD = atC
      c = b - golden * (b - a)
      atC = cost(c)
    }
    else {
      a = c
      c = d
      atC = atD
      d = a + golden * (b - a)
      atD = cost(d)
    }
  }
  return [from, to, (a + b) / 2].reduce((best, x) => cost(x) < cost(best) ? x : best)
}

export interface Bound { readonly low: number, readonly high: number, readonly start: number }

/** Nelder and Mead's simplex (1965) inside a box: a point that leaves it is put on the wall. */
export function minimiseInBox(cost: (x: Float64Array) => number, bounds: readonly Bound[], { evaluations = 120, tolerance = 1e-5 } = {}): Float64Array {
  const size = bounds.length
  const inside = (point: Float64Array): Float64Array => {
    for (let axis = 0; axis < size; axis++)
      point[axis] = Math.min(bounds[axis]!.high, Math.max(bounds[axis]!.low, point[axis]!))
    return point
  }
  const corners = startingSimplex(bounds).map(point => ({ point, value: cost(point) }))
  let spent = size + 1
  const along = (centre: Float64Array, worst: Float64Array, step: number) => {
    const point = inside(centre.map((value, axis) => value + step * (worst[axis]! - value)))
    spent++
    return { point, value: cost(point) }
  }
  while (spent < evaluations) {
    corners.sort((a, b) => a.value - b.value)
    const best = corners[0]!
    const worst = corners[size]!
    if (!(worst.value - best.value > tolerance * (Math.abs(best.value) + tolerance)))
      break
    const centre = centreOf(corners.slice(0, size).map(corner => corner.point))
    const mirrored = along(centre, worst.point, -1)
    if (mirrored.value < best.value) {
      const further = along(centre, worst.point, -2)
      corners[size] = further.value < mirrored.value ? further : mirrored
      continue
    }
    if (mirrored.value < corners[size - 1]!.value) {
      corners[size] = mirrored
      continue
    }
    const nearer = mirrored.value < worst.value ? along(centre, worst.point, -0.5) : along(centre, worst.point, 0.5)
    if (nearer.value < Math.min(mirrored.value, worst.value)) {
      corners[size] = nearer
      continue
    }
    for (let index = 1; index <= size; index++)
      corners[index] = along(best.point, corners[index]!.point, 0.5)
  }
  return corners.reduce((best, corner) => corner.value < best.value ? corner : best).point
}

function startingSimplex(bounds: readonly Bound[]): Float64Array[] {
  const start = Float64Array.from(bounds, bound => bound.start)
  return [start, ...bounds.map(({ low, high }, axis) => {
    const point = start.slice()
    const step = (high - low) * 0.25
    point[axis] = point[axis]! + step <= high ? point[axis]! + step : point[axis]! - step
    return point
  })]
}

function centreOf(points: readonly Float64Array[]): Float64Array {
  return points[0]!.map((_, axis) => points.reduce((total, point) => total + point[axis]!, 0) / points.length)
}
