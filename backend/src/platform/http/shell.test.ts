import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadShell, scriptJson } from './shell.ts'

const boot = { placement: 'deal-tab' as const, options: {}, language: 'fr', session: null, first: null }

describe('the shell', () => {
  let dist: string
  const page = (text: string) => `<!doctype html><html lang="xx"><head><!--boot--></head><body><div id="app"><!--first-->${text}</div></body></html>`
  beforeAll(() => {
    dist = mkdtempSync(join(tmpdir(), 'comptoir-shell-'))
    writeFileSync(join(dist, 'index.html'), page('one'))
    writeFileSync(join(dist, 'placements.json'), JSON.stringify({
      placements: { 'deal-tab': 'vendors/DealTab', 'analytics': 'insights/Insights' },
      pages: {
        'vendors/DealTab': { scripts: ['assets/deal.js'], texts: { fr: ['assets/common-fr.js', 'assets/vendors-fr.js'], en: ['assets/vendors-en.js'] } },
        'insights/Insights': { scripts: ['assets/insights.js'], texts: { fr: ['assets/insights-fr.js'], en: ['assets/insights-en.js'] } },
      },
    }))
  })
  afterAll(() => rmSync(dist, { recursive: true, force: true }))

  it('carries boot data, first numbers and what the placement loads first', () => {
    const html = loadShell(dist).render(boot, '<p>12 €</p>')
    expect(html).toContain('<html lang="fr" dir="ltr">')
    expect([...html.matchAll(/modulepreload[^>]*href="\/assets\/([^"]*)"/g)].map(([, file]) => file)).toEqual(['deal.js', 'common-fr.js', 'vendors-fr.js'])
    expect(html).toContain('<p>12 €</p>one')
  })

  it('turns round for Arabic, and keeps a strange language out of the markup', () => {
    const arabic = loadShell(dist).render({ ...boot, language: 'ar' }, '')
    expect(arabic).toContain('<html lang="ar" dir="rtl">')
    expect(arabic).toContain('href="/assets/vendors-en.js"')
    expect(loadShell(dist).render({ ...boot, language: '"><script>' }, '')).toContain('<html lang="en" dir="ltr">')
  })

  it('shows the theme that the viewer chose, else the host\'s, else leaves it to the system', () => {
    const session = (theme: 'auto' | 'light' | 'dark') => ({
      token: '', expiresAt: '', settings: { theme }, viewer: { userId: 1, name: '', isAdmin: false, departmentIds: [] },
      portal: { domain: '', language: 'fr', timeZone: 'UTC', currency: 'EUR' },
    })
    const shown = (theme: 'auto' | 'light' | 'dark', options: Record<string, unknown>) =>
      /<html[^>]*>/.exec(loadShell(dist).render({ ...boot, session: session(theme), options }, ''))?.[0]
    expect(shown('light', { theme: 'dark' })).toContain('class="light"')
    expect(shown('auto', { theme: 'dark' })).toContain('class="dark"')
    expect(shown('auto', { theme: '" onload="' })).not.toContain('class')
  })

  it('lets no CRM text end its script or stand for a pattern', () => {
    const html = loadShell(dist).render({ ...boot, options: { title: '</script><script>alert(1)</script>$&' } }, '')
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(html).toContain('$\\u0026')
    expect(JSON.parse(scriptJson({ a: '<\u2028&' }))).toEqual({ a: '<\u2028&' })
  })

  it('takes up a newer build', () => {
    const shell = loadShell(dist)
    writeFileSync(join(dist, 'index.html'), page('two'))
    utimesSync(join(dist, 'index.html'), new Date(), new Date(Date.now() + 5_000))
    expect(shell.render(boot, '')).toContain('two')
  })
})
