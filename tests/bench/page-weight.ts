import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './figure.ts'

const dist = join(import.meta.dirname, '../../frontend/dist')

/** What the official dashboard template loads for its first page, in kB brotli. */
const template = 545

interface PageFiles {
  readonly scripts: readonly string[]
  readonly chart: readonly string[]
  readonly texts: { readonly fr: readonly string[] }
}

/** JavaScript before the first screen of each page, brotli: a quarter of the template's, two fifths with a chart. French texts, the longer ones. */
export async function pageWeightFigures(): Promise<Figure[]> {
  const { pages } = JSON.parse(readFileSync(join(dist, 'placements.json'), 'utf8')) as { readonly pages: Readonly<Record<string, PageFiles>> }
  return Object.entries(pages).map(([page, { scripts, chart, texts }]) => {
    const bytes = [...new Set([...scripts, ...chart, ...texts.fr])].reduce((sum, file) => sum + brotli(file), 0)
    return {
      figure: `page weight: ${page}`,
      value: Math.round(bytes / 100) / 10,
      unit: 'kB',
      budget: Math.round(template * (chart.length > 0 ? 0.4 : 0.25)),
      rule: 'most' as const,
    }
  })
}

function brotli(file: string): number {
  const compressed = join(dist, `${file}.br`)
  return statSync(existsSync(compressed) ? compressed : join(dist, file)).size
}
