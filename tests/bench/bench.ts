import { acknowledgementFigures } from './acknowledgement.ts'
import { dashboardFigures } from './dashboard.ts'
import { forecastBudgets, forecastFigures } from './forecast.ts'
import { holds, type Figure } from './figure.ts'
import { importFigures } from './import-rate.ts'
import { memoryFigures } from './memory.ts'
import { metricFigures } from './metrics.ts'
import { pageWeightFigures } from './page-weight.ts'
import { syncFigures } from './sync.ts'
import { vendorFigures } from './vendors.ts'

/** `npm run bench [-- name…]`: every budget, one JSON line each. Ends with 1 when one is broken. */
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  weight: pageWeightFigures,
  dashboard: dashboardFigures,
  acknowledgement: acknowledgementFigures,
  import: importFigures,
  memory: memoryFigures,
  metrics: metricFigures,
  sync: syncFigures,
  vendors: vendorFigures,
  forecast: forecastBudgets,
}

const seriesAt = process.argv.indexOf('--series')
if (seriesAt > 0) {
  const file = process.argv[seriesAt + 1]
  if (!file) {
    process.stderr.write('Say which file: npm run bench -- forecast --series FILE\n')
    process.exit(2)
  }
  try {
    process.stdout.write(`${JSON.stringify(forecastFigures(file))}\n`)
    process.exit(0)
  }
  catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(2)
  }
}

const asked = process.argv.slice(2).filter(name => !name.startsWith('-'))
const unknown = asked.filter(name => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`Unknown benchmark ${unknown.join(', ')}. One of: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}

let broken = 0
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  for (const figure of await benches[name]?.() ?? []) {
    const isHeld = holds(figure)
    broken += isHeld ? 0 : 1
    process.stdout.write(`${JSON.stringify({ ...figure, holds: isHeld })}\n`)
  }
}
process.exit(broken > 0 ? 1 : 0)
