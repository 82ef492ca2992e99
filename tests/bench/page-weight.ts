import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './figure.ts'

const dist = join(import.meta.dirname, '../../frontend/dist')

interface Chunk { readonly file: string, readonly imports?: readonly string[], readonly isEntry?: boolean, readonly src?: string }

/** JavaScript before the first screen of each placement, brotli. What the official dashboard template loads: 545 kB. */
export async function pageWeightFigures(): Promise<Figure[]> {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const template = 545
  const pages = Object.keys(manifest).filter(name => /features\/.*(Page|Placement)\.vue$/.test(name))
  return pages.map((page) => {
    const files = closure(manifest, ['index.html', page, 'src/locales/fr.json'])
    const hasChart = [...files].some(file => /chart/i.test(file))
    const kilobytes = [...files].reduce((sum, file) => sum + brotli(file), 0) / 1000
    return {
      figure: `page weight: ${page.replace(/.*features\//, '')}`,
      value: Math.round(kilobytes * 10) / 10,
      unit: 'kB',
      budget: Math.round(template * (hasChart ? 0.4 : 0.25)),
      rule: 'most' as const,
    }
  })
}

function closure(manifest: Record<string, Chunk>, names: readonly string[]): Set<string> {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk || files.has(chunk.file))
      return
    files.add(chunk.file)
    chunk.imports?.forEach(visit)
  }
  names.forEach(visit)
  return files
}

function brotli(file: string): number {
  const compressed = join(dist, `${file}.br`)
  return file.endsWith('.js') && existsSync(compressed) ? statSync(compressed).size : file.endsWith('.js') ? statSync(join(dist, file)).size : 0
}
