import { describe, expect, it } from 'vitest'
import { noticeKind, noticeKindIds } from './kinds.ts'
import { appPathOf, portalPathOf } from './notice-link.ts'
import { tellNotice } from './notice-text.ts'

const end = { kind: 'contract_end', params: { subject: 'Transport 2026' }, vendor: 'Durand', dueOn: '2026-11-30' }

describe('the words of a notice', () => {
  it('are the reader\'s, with the time that is left', () => {
    expect(tellNotice(end, { language: 'fr', today: '2026-11-23' })).toEqual({
      title: 'Durand\u00A0: fin de contrat dans 7 jours', text: '«\u00A0Transport 2026\u00A0» prend fin le 30 novembre 2026.',
    })
    expect(tellNotice(end, { language: 'de', today: '2026-11-29' })?.title).toBe('Durand: contract ends tomorrow')
    expect(tellNotice(end, { language: 'fr', today: '2026-11-30' })?.title).toBe('Durand\u00A0: fin de contrat aujourd’hui')
  })

  it('show amounts, shares and bilingual words', () => {
    const told = tellNotice({ kind: 'payment_overdue', vendor: 'Durand', dueOn: '2026-11-02', params: { subject: 'F-12', amount: { minor: 123_450, currency: 'EUR' } } }, { language: 'fr', today: '2026-11-23' })
    expect(told?.text.replace(/\s/g, ' ')).toBe('F-12 : 1 234,50 €, échéance du 2 novembre 2026 dépassée.')
    expect(tellNotice({ kind: 'status_changed', vendor: 'D', dueOn: null, params: { status: { fr: 'Suspendu', en: 'Suspended' } } }, { language: 'fr', today: '2026-11-23' })?.text).toContain('«\u00A0Suspendu\u00A0»')
    expect(tellNotice({ kind: 'watch_change', vendor: null, dueOn: null, params: { subject: 'Achats', change: { share: 0.25 } } }, { language: 'en', today: '2026-11-23' })?.title).toBe('Achats: 25%')
  })

  it('say that a value is missing instead of inventing one', () => {
    expect(tellNotice({ ...end, params: {}, vendor: null }, { language: 'fr', today: '2026-11-23' })?.text).toContain('«\u00A0—\u00A0»')
    expect(tellNotice({ ...end, kind: 'of_a_later_version' }, { language: 'fr', today: '2026-11-23' })).toBeNull()
  })

  it('exist in both languages with the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
    for (const kind of noticeKindIds) {
      const { fr, en } = noticeKind(kind)
      expect(names(fr.title + fr.text), kind).toEqual(names(en.title + en.text))
    }
  })
})

describe('a link of a notice', () => {
  it('opens the part of the vendor that it is about', () => {
    expect(portalPathOf({ to: 'vendor', vendorId: 'v1', section: 'contracts' }, 'local.app'))
      .toBe('/marketplace/view/local.app/?params%5Bto%5D=%2Fvendors%2Fv1%3Ftab%3Dcontracts')
    expect(portalPathOf({ to: 'deal', dealId: 7 }, null)).toBe('/crm/deal/details/7/')
    expect(portalPathOf({ to: 'page', path: '/alerts' }, null)).toBeNull()
    expect(appPathOf({ to: 'deal', dealId: 7 })).toBeNull()
  })
})
