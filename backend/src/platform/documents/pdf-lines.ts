import { drawAxes } from './pdf-axis.ts'
import { colourOf, type ChartArea } from './chart-area.ts'

/** Length of a dash and of its gap; the first line is whole. */
const dashes: readonly (readonly [number, number] | null)[] = [null, [6, 3], [2, 2], [9, 3], [1, 2], [4, 4]]

/** Lines with a gap where there is no data; told apart by dashes as well as by colour. */
export function drawLines(area: ChartArea): void {
  const { page: { pdf }, chart } = area
  const plot = drawAxes(area, chart.series.flatMap(({ values }) => values.filter(value => value !== null)))
  const xOf = (index: number): number => plot.x + (index + 0.5) * plot.slot
  chart.series.forEach(({ values }, series) => {
    for (const run of runsOf(values)) {
      if (chart.chart === 'area')
        fillUnder(area, { run, xOf, yOf: plot.at, colour: colourOf(series) })
      run.forEach(({ index, value }, at) => at === 0 ? pdf.moveTo(xOf(index), plot.at(value)) : pdf.lineTo(xOf(index), plot.at(value)))
      const dash = dashes[series % dashes.length]
      pdf.lineWidth(1.4).strokeColor(colourOf(series))
      if (dash)
        pdf.dash(dash[0], { space: dash[1] })
      pdf.stroke().undash()
      if (run.length === 1 && run[0])
        pdf.circle(xOf(run[0].index), plot.at(run[0].value), 1.8).fill(colourOf(series))
    }
  })
}

interface Point { readonly index: number, readonly value: number }

function runsOf(values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = []
  values.forEach((value, index) => {
    if (value === null)
      return
    if (index === 0 || values[index - 1] === null || runs.length === 0)
      runs.push([])
    runs.at(-1)?.push({ index, value })
  })
  return runs
}

function fillUnder({ page: { pdf } }: ChartArea, { run, xOf, yOf, colour }: { run: readonly Point[], xOf: (index: number) => number, yOf: (value: number) => number, colour: string }): void {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last || run.length < 2)
    return
  pdf.save().fillOpacity(0.14).moveTo(xOf(first.index), yOf(0))
  run.forEach(({ index, value }) => pdf.lineTo(xOf(index), yOf(value)))
  pdf.lineTo(xOf(last.index), yOf(0)).closePath().fill(colour).restore()
}
