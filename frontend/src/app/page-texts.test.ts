import { describe, expect, it } from 'vitest'
import fr from '../locales/fr.json'
import { commonGroups } from '../platform/i18n/text-groups.ts'
import { pageEntries } from './pages.ts'
import { dealSectionEntries, vendorSectionEntries } from './section-entries.ts'

const sources = Object.fromEntries(Object.entries(import.meta.glob<string>(['../**/*.{ts,vue}', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true }))
  .map(([path, source]) => [addressOf(path, 'app/'), source]))

const imported = /^\s*(?:import|export)\s(?!type\b)[^'"]*?from\s*'(\.[^']+)'|^\s*import\s*'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\)/gm
const key = new RegExp(`['"\`](${Object.keys(fr).join('|')})\\.[\\w$]`, 'g')

/** Where a path leads to from a folder of the page's sources. */
function addressOf(path: string, from: string): string {
  return new URL(path, new URL(from, 'https://src.example/')).pathname.slice(1)
}

/** The file and everything it imports, at once or later. */
function reach(file: string, found = new Set<string>()): Set<string> {
  const source = sources[file]
  if (source === undefined || found.has(file))
    return found
  found.add(file)
  for (const [, ...targets] of source.matchAll(imported))
    reach(addressOf(targets.find(Boolean) ?? '', file), found)
  return found
}

/** The groups whose keys stand in the page's files beside those that every page has. */
function groupsIn(file: string): string[] {
  const groups = [...reach(file)].flatMap(one => [...(sources[one] ?? '').matchAll(key)].map(([, group = '']) => group))
  return [...new Set(groups)].filter(group => !commonGroups.some(common => common === group)).sort()
}

describe('the texts of a page', () => {
  it.each(pageEntries.map(({ page, texts }) => [page, texts] as const))('%s names the groups it shows and no others', (page, texts) => {
    expect(groupsIn(`features/${page}.vue`)).toEqual([...texts].sort())
  })

  it('names those of every section that other features bring', () => {
    for (const { section, texts } of [...vendorSectionEntries, ...dealSectionEntries])
      expect(groupsIn(`features/${section}.vue`), section).toEqual([...texts].sort())
  })

  it('are the common ones alone in what stands around it, but for the dialog that brings its own', () => {
    expect(reach('main.ts')).toContain('app/AppNav.vue')
    expect(groupsIn('main.ts')).toEqual(['jump'])
  })
})
