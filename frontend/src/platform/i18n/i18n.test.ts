import loaders from 'virtual:texts'
import { beforeAll, describe, expect, it } from 'vitest'
import en from '../../locales/en.json'
import fr from '../../locales/fr.json'
import { setFormats } from '../format/format.ts'
import { addTexts, hasText, loadTexts, t, textLanguage } from './i18n.ts'
import { directionOf, localeOf, textLanguageOf } from './languages.ts'

describe('texts', () => {
  beforeAll(async () => {
    setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
    await loadTexts('fr')
  })

  it('fill their placeholders, numbers the portal\'s way', () => {
    expect(t('ui.table.pages', { from: 1, to: 50, total: 12_345 })).toBe('Lignes 1 à 50 sur 12\u202f345')
  })

  it.each([[0, 'Aucune ligne'], [1, '1 ligne'], [2, '2 lignes'], [1.5, '1,5 ligne']])('count %s in French', (count, text) => {
    expect(t('ui.table.rows', { count })).toBe(text)
  })

  it.each([
    ['mars 2026', 'octobre 2026', 'de mars 2026 à octobre 2026'],
    ['octobre 2025', 'août 2026', 'd’octobre 2025 à août 2026'],
    ['août 2025', 'mars 2026', 'd’août 2025 à mars 2026'],
  ])('elide in French before %s', async (from, to, words) => {
    await addTexts(['vendors'])
    expect(t('vendors.spend.summary', { from, to, total: '1', best: '—' })).toContain(`par mois ${words}`)
  })

  it('elide before a name that begins with a vowel, and before nothing else', () => {
    expect(t('vendors.deal.showPurchases', { name: 'Électricité Morel' })).toBe('Voir les achats d’Électricité Morel sur cette affaire')
    expect(t('vendors.deal.showPurchases', { name: 'Houllier' })).toBe('Voir les achats de Houllier sur cette affaire')
    expect(t('vendors.deal.showPurchases', { name: '1001 Listes' })).toBe('Voir les achats de 1001 Listes sur cette affaire')
  })

  it.each([[1, 'de 1 fournisseur,'], [2, 'de 2 fournisseurs,']])('count the vendors of a chart: %s', (count, words) => {
    expect(t('vendors.deal.chartSummary', { count, amount: '1 €' })).toContain(words)
  })

  it('keep their own order on a page that runs from right to left', async () => {
    await loadTexts('ar')
    expect(t('ui.table.rows', { count: 2 })).toBe('\u2066\u20682\u2069 rows\u2069')
    expect(t('ui.actions.cancel')).toBe('Cancel')
    await loadTexts('fr')
    expect(t('ui.table.rows', { count: 2 })).toBe('2 lignes')
  })

  it('leave a placeholder in sight when nobody filled it', () => {
    expect(t('app.trace')).toContain('{traceId}')
  })

  it('tell which keys exist', () => {
    expect(hasText('errors.internal')).toBe(true)
    expect(hasText('errors.nobody')).toBe(false)
  })

  it('of a page come beside those that are here, and are asked for in vain before', async () => {
    expect(() => t('sync.title')).toThrow('the texts of "sync" are not loaded')
    expect(() => hasText('sync.title')).toThrow('app/pages.ts')
    await addTexts(['sync'])
    expect(t('sync.title')).toBe('Synchronisation')
    expect(t('ui.table.rows', { count: 1 })).toBe('1 ligne')
  })

  it('fall back to English where Comptoir does not speak the language', async () => {
    await loadTexts('de')
    expect(textLanguage()).toBe('en')
    expect(t('ui.table.rows', { count: 1 })).toBe('1 row')
    await loadTexts('fr')
  })
})

describe('the parts that a language is loaded in', () => {
  it.each([['fr', fr], ['en', en]] as const)('hold every text of %s once', async (language, texts) => {
    const parts = await Promise.all(Object.values(loaders[language]).map(load => load()))
    const groups = parts.flatMap(part => Object.entries(part.default))
    // Texts of errors are in two parts: those of a page that opens, and the rest.
    const errors = groups.filter(([group]) => group === 'errors').flatMap(([, tree]) => Object.keys(tree))
    expect(errors.sort()).toEqual(Object.keys(texts.errors))
    expect([...groups.map(([group]) => group).filter(group => group !== 'errors'), 'errors'].sort()).toEqual(Object.keys(texts))
    const whole = Object.assign({}, ...groups.filter(([group]) => group === 'errors').map(([, tree]) => tree)) as unknown
    expect({ ...Object.fromEntries(groups), errors: whole }).toEqual(texts)
  })
})

describe('a portal\'s language', () => {
  it.each([['br', 'pt-BR'], ['la', 'es'], ['ua', 'uk'], ['sc', 'zh-Hans'], ['fr', 'fr'], ['not a language', 'en']])('%s is written %s', (host, tag) => {
    expect(localeOf(host)).toBe(tag)
  })

  it('gives the texts their language and the page its direction', () => {
    expect([textLanguageOf('FR'), textLanguageOf('de')]).toEqual(['fr', 'en'])
    expect([directionOf('ar'), directionOf('fr')]).toEqual(['rtl', 'ltr'])
  })
})
