import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { changeText } from './history-words.ts'
import { agoText, faultText, identifierText } from './vendor-words.ts'

beforeAll(async () => {
  await loadTexts('fr', ['vendors'])
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
})

const change = (field: string, oldValue: unknown, newValue: unknown) =>
  changeText({ changeId: 1, field, oldValue, newValue, reason: null, origin: 'person', at: '2026-03-01T10:00:00Z', by: null }).replace(/\s/g, ' ')

describe('vendors in words', () => {
  it('groups identifiers as people read them', () => {
    expect(identifierText('siren', '732829320')).toBe('732 829 320')
    expect(identifierText('siret', '73282932000074')).toBe('732 829 320 00074')
    expect(identifierText('iban', 'FR7630006000011234567890189')).toBe('FR76 3000 6000 0112 3456 7890 189')
    expect(identifierText('city', 'Lyon')).toBe('Lyon')
    expect(identifierText('siren', null)).toBe('')
  })

  it('says what a faulty identifier should have been', () => {
    expect(faultText({ reason: 'key', details: { expected: '83' } }).replace(/\s/g, ' ')).toBe('Clé TVA attendue : 83.')
    expect(faultText({ reason: 'checksum', details: {} })).toContain('un chiffre est sans doute erroné')
    expect(faultText({ reason: 'checksum', details: { expected: 4 } })).toContain('dernier chiffre attendu 4')
  })

  it('never places a change in the future', () => {
    const now = new Date('2026-03-01T10:00:00Z')
    expect(agoText('2026-03-01T10:00:05Z', now)).toBe('maintenant')
    expect(agoText('2026-03-01T07:00:00Z', now)).toBe('il y a 3 heures')
  })

  it('tells each change of the history as a sentence', () => {
    expect(change('city', null, 'Lyon')).toBe('Ville : Lyon')
    expect(change('iban', 'FR7630006000011234567890189', null)).toBe('IBAN effacé : FR76 3000 6000 0112 3456 7890 189')
    expect(change('status', 'active', 'suspended')).toBe('Statut : Actif → Suspendu')
    expect(change('vendor', null, { name: 'X' })).toBe('Création de la fiche')
    expect(change('attributes.colour', 'red', 'blue')).toBe('attributes.colour : red → blue')
  })

  it('tells links with deals and their costs', () => {
    const link = { dealId: 8, plannedMinor: 1_000, actualMinor: null, currency: 'EUR', note: null }
    expect(change('deal', null, link)).toBe('Lié à l’affaire n° 8')
    expect(change('deal', link, null)).toBe('Retiré de l’affaire n° 8')
    expect(change('deal', link, { ...link, actualMinor: 1_200 })).toBe('Coûts sur l’affaire n° 8 : prévu 10,00 €, réel 12,00 €')
  })
})
