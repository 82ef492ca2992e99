import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Manifest, Plugin } from 'vite'
import { pageEntries, startPaths, type PageEntry } from '../src/app/pages.ts'
import type { TextLanguage } from '../src/platform/i18n/languages.ts'
import { textModule } from './text-chunks.ts'

/** What the first screen of each page loads, in `dist/placements.json`: for preloading and for the size budget. */
export interface PlacementFiles {
  /** Files of each page, by its feature folder and file. */
  readonly pages: Readonly<Record<string, PageFiles>>
  /** The page that each placement starts with. */
  readonly placements: Readonly<Record<string, string>>
}

interface PageFiles {
  /** The entry, the page and all they import. */
  readonly scripts: readonly string[]
  /** The chart library, where a chart is on the screen. */
  readonly chart: readonly string[]
  /** The texts that the page shows, by language: ours and the kit's. */
  readonly texts: Readonly<Record<TextLanguage, readonly string[]>>
}

/** Lets the server preload a placement's page beside the entry, instead of the browser finding out one by one. */
export function placementFiles(): Plugin {
  let folder = ''
  return {
    name: 'comptoir:placement-files',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      async handler(error?: Error) {
        if (error)
          return
        const manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest
        await writeFile(join(folder, 'placements.json'), JSON.stringify(filesOf(manifest), null, 2))
      },
    },
  }
}

export function filesOf(manifest: Manifest): PlacementFiles {
  const entry = Object.keys(manifest).find(key => manifest[key]?.isEntry) ?? ''
  const pages = pageEntries.map((page) => {
    const keys = reach(manifest, [entry, `src/features/${page.page}.vue`])
    const chart = keys.flatMap(key => manifest[key]?.dynamicImports ?? []).filter(key => key.includes('/chart.js/'))
    const texts = { fr: textsOf(manifest, page, 'fr'), en: textsOf(manifest, page, 'en') }
    return [page.page, { scripts: addresses(manifest, keys), chart: addresses(manifest, reach(manifest, chart)), texts }] as const
  })
  const placements = Object.entries(startPaths).map(([placement, path]) => [placement, pageEntries.find(one => one.path === path)?.page])
  return { pages: Object.fromEntries(pages), placements: Object.fromEntries(placements) }
}

function textsOf(manifest: Manifest, { texts }: PageEntry, language: TextLanguage): string[] {
  const wanted = [...['common', ...texts].map(part => textModule(language, part)), `/runtime/locale/${language}.js`]
  return addresses(manifest, Object.keys(manifest).filter(key => wanted.some(end => key.endsWith(end))))
}

const addresses = (manifest: Manifest, keys: readonly string[]): string[] =>
  [...new Set(keys.flatMap(key => manifest[key]?.file ?? []))]

/** The chunks themselves and everything they import statically. */
function reach(manifest: Manifest, from: readonly string[]): string[] {
  const found = new Set<string>()
  const queue = [...from]
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const chunk = manifest[key]
    if (found.has(key) || !chunk)
      continue
    found.add(key)
    queue.push(...chunk.imports ?? [])
  }
  return [...found]
}
