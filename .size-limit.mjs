import { readFileSync } from 'node:fs'

// Which files a first screen loads is known to the build alone: names carry hashes, chunks are shared.
const { pages } = JSON.parse(readFileSync(new URL('./frontend/dist/placements.json', import.meta.url), 'utf8'))

/** A quarter of what the official dashboard template loads for its first page (545 kB), two fifths with a chart. */
const limits = { plain: '136 kB', chart: '218 kB' }

export default Object.entries(pages).map(([name, { scripts, chart, texts }]) => ({
  name,
  // French: its texts are the longer ones.
  path: [...scripts, ...chart, ...texts.fr].map(file => `frontend/dist/${file}`),
  limit: chart.length > 0 ? limits.chart : limits.plain,
  brotli: true,
}))
