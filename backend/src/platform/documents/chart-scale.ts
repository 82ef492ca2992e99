export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** Round steps of 1, 2 or 5 that hold all values and zero; of counts whole ones. */
export function scaleOf(values: readonly number[], { wanted = 5, isWhole = false }: { readonly wanted?: number, readonly isWhole?: boolean } = {}): Scale {
  const least = Math.min(0, ...values)
  const most = Math.max(0, ...values)
  if (least === most)
    return { low: 0, high: 1, ticks: [0, 1] }
  const rough = (most - least) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const round = power * ([1, 2, 5, 10].find(one => one * power >= rough * 0.999_999) ?? 10)
  const step = isWhole ? Math.max(1, round) : round
  const first = Math.floor(least / step + 1e-9)
  const last = Math.ceil(most / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  return { low: first * step, high: last * step, ticks }
}
