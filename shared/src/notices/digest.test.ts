import { describe, expect, it } from 'vitest'
import { digestLines, digestSlot, type KeyFigures } from './digest.ts'

const weekly = { digest: 'weekly', weekday: 1, hour: 9, timeZone: 'Europe/Paris' } as const
const slot = (at: string, wish: Parameters<typeof digestSlot>[0] = weekly) => digestSlot(wish, new Date(at))?.at.toISOString() ?? null

describe('a digest', () => {
  it.each([
    ['before its hour waits', '2026-11-30T07:59:00Z', null],
    ['comes at its hour', '2026-11-30T08:00:00Z', '2026-11-30T08:00:00.000Z'],
    ['comes late after a standstill', '2026-12-01T20:00:00Z', '2026-11-30T08:00:00.000Z'],
    ['does not come days later', '2026-12-04T08:00:00Z', null],
    ['keeps its hour when the clock changes', '2027-03-29T07:00:00Z', '2027-03-29T07:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(slot(at)).toBe(expected)
  })

  it('leaves days off out when it is daily', () => {
    const daily = { ...weekly, digest: 'daily' } as const
    expect(slot('2026-11-28T10:00:00Z', daily)).toBeNull()
    expect(slot('2026-11-27T10:00:00Z', daily)).toBe('2026-11-27T08:00:00.000Z')
    expect(slot('2026-11-27T10:00:00Z', { ...daily, digest: 'off' })).toBeNull()
  })

  const figures: KeyFigures = {
    openAlerts: 3, criticalAlerts: 1, lastMonth: '2026-10', spendMinor: 1_250_000, currency: 'EUR',
    dueCount: 2, dueMinor: 400_000, overdueCount: 0, contracts: 1, documents: 0, standings: [{ standing: 'Excellent', count: 2 }, { standing: 'Critique', count: 1 }], titles: { fr: ['Durand : préavis demain'], en: ['Durand: notice tomorrow'] },
  }

  it('says the figures in the reader\'s language', () => {
    expect(digestLines(figures, 'fr').replace(/[\u00A0\u202F]/g, ' ').split('\n')).toEqual([
      'Alertes ouvertes : 3, dont 1 urgente', '• Durand : préavis demain', 'À payer sous 30 jours : 4 000 € (2 échéances)',
      'Contrats à décider sous 90 jours : 1', 'Documents qui expirent sous 30 jours : 0', 'Fournisseurs notés : 2 excellents, 1 critique', 'Achats d’octobre 2026 : 12 500 €',
    ])
    expect(digestLines(figures, 'en')).toContain('Purchases in October 2026: €12,500')
  })

  it('does not mention what a person may not see', () => {
    expect(digestLines({ ...figures, spendMinor: null, dueCount: null, dueMinor: null, overdueCount: null, contracts: null, documents: null, standings: null }, 'fr').split('\n')).toHaveLength(2)
  })
})
