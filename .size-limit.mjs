import { readFileSync } from 'node:fs'

// Which files a first screen loads is known to the build alone: names carry hashes, chunks are shared.
const { placements, texts } = JSON.parse(readFileSync(new URL('./frontend/dist/placements.json', import.meta.url), 'utf8'))

/** A quarter of what the official dashboard template loads for its first page (545 kB), two fifths with a chart. */
const limits = { plain: '136 kB', chart: '218 kB' }

const longest = Object.values(texts).toSorted((left, right) => right.length - left.length)[0] ?? []

export default Object.entries(placements).map(([name, { scripts, chart }]) => ({
  name,
  path: [...scripts, ...chart, ...longest].map(file => `frontend/dist/${file}`),
  limit: chart.length > 0 ? limits.chart : limits.plain,
  brotli: true,
}))
