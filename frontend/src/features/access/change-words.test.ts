import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { changeWords, hasTwoSides } from './change-words.ts'

beforeAll(async () => {
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
  await loadTexts('fr', ['access', 'recordHistory'])
})
const words = (field: string, oldValue: unknown, newValue: unknown): string => changeWords({ field, oldValue, newValue }).replace(/[\u00A0\u202F]/g, ' ')

describe('a line of the history', () => {
  it('says what became of a document', () => {
    expect(words('document', { kind: 'insurance', step: 'received' }, { kind: 'insurance', step: 'verified' })).toBe('Document vérifié : attestation d’assurance')
    expect(words('document', null, { kind: 'urssaf', step: 'received' })).toBe('Document reçu : attestation de vigilance')
  })

  it('writes values as people read them', () => {
    expect(words('status', 'prospect', 'active')).toBe('prospect → actif')
    expect(words('attribute:1:Remise', null, true)).toBe('— → oui')
    expect(words('attribute:1:Remise', 'true', 'false')).toBe('oui → non')
    expect(words('attribute:2:Délai', 1200.5, null)).toBe('1 200,5 → —')
    expect(words('tags', ['local'], ['local', 'prioritaire'])).toBe('local → local et prioritaire')
  })

  it('has an old and a new side where a field was changed, not where something happened', () => {
    expect(['iban', 'attribute:1:Remise'].every(hasTwoSides)).toBe(true)
    expect(['document', 'order', 'paymentHold'].some(hasTwoSides)).toBe(false)
  })
})
