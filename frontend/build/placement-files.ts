import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Manifest, Plugin } from 'vite'
import { pageEntries, startPaths } from '../src/app/pages.ts'

/** What the first screen of each placement loads, in `dist/placements.json`. */
export interface PlacementFiles {
  /** Scripts of each placement, the page's own included: for preloading and for the size budget. */
  readonly placements: Readonly<Record<string, { readonly scripts: readonly string[], readonly chart: readonly string[] }>>
  /** Texts by language, of ours and of the kit. */
  readonly texts: Readonly<Record<string, readonly string[]>>
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
  const placements = Object.entries(startPaths).map(([placement, path]) => {
    const page = pageEntries.find(one => one.path === path)?.page
    const keys = reach(manifest, [entry, `src/features/${page}.vue`])
    const chart = keys.flatMap(key => manifest[key]?.dynamicImports ?? []).filter(key => key.includes('/chart.js/'))
    return [placement, { scripts: addresses(manifest, keys), chart: addresses(manifest, reach(manifest, chart)) }] as const
  })
  const texts = ['fr', 'en'].map(language => [
    language,
    addresses(manifest, Object.keys(manifest).filter(key => key.endsWith(`/locales/${language}.json`) || key.endsWith(`/runtime/locale/${language}.js`))),
  ] as const)
  return { placements: Object.fromEntries(placements), texts: Object.fromEntries(texts) }
}

const addresses = (manifest: Manifest, keys: readonly string[]): string[] =>
  [...new Set(keys.flatMap(key => manifest[key]?.file ?? []))]

/** The chunks themselves and everything they import statically. */
function reach(manifest: Manifest, from: readonly string[]): string[] {
  const found = new Set<string>()
  const queue = [...from]
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (found.has(key) || !manifest[key])
      continue
    found.add(key)
    queue.push(...manifest[key].imports ?? [])
  }
  return [...found]
}
