import { placements } from '@comptoir/shared/portal/portal.contract'
import { describe, expect, it } from 'vitest'
import { pageEntries, startPaths } from './pages.ts'
import { startPath } from './placements.ts'

describe('the placements', () => {
  it('each start on a page of their own', () => {
    expect(Object.keys(startPaths).sort()).toEqual([...placements].sort())
    expect(Object.values(startPaths).filter(path => !pageEntries.some(entry => entry.path === path))).toEqual([])
  })

  it('start where the caller of the slider asks', () => {
    expect(startPath('main', { to: '/vendors/7' })).toBe('/vendors/7')
  })

  it.each([undefined, 7, '/', 'vendors', '//evil.example', 'https://evil.example'])('start at home when asked for %j', (to) => {
    expect(startPath('main', { to })).toBe('/home')
  })

  it('start at home in a placement of a newer version', () => {
    expect(startPath('hologram' as 'main', {})).toBe('/home')
  })
})
