/** Points `[measured, score]` by rising measured value; linear between them, constant outside. */
export type Curve = readonly (readonly [number, number])[]

export function scoreOnCurve(curve: Curve, value: number): number {
  const above = curve.findIndex(([x]) => x >= value)
  const [x1, y1] = curve[above === -1 ? curve.length - 1 : above]!
  if (above <= 0)
    return y1
  const [x0, y0] = curve[above - 1]!
  return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0)
}
