import { actions } from '@comptoir/shared/actions/definitions'
import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { hasText, loadTexts } from '../../platform/i18n/i18n.ts'
import { operationName, returnText } from './action-texts.ts'

const spoken = async (language: 'fr' | 'en'): Promise<void> => {
  setFormats({ language, timeZone: 'Europe/Paris', currency: 'EUR' })
  await loadTexts(language, ['actions'])
}

describe.each(['fr', 'en'] as const)('what a workflow receives, in %s', (language) => {
  beforeAll(() => spoken(language))

  it('has words beside every value that a condition compares', () => {
    for (const [id, value] of [['verdict', 'not_reached'], ['verdict', 'no_data'], ['unit', 'percent'], ['verdict', 'not-asked']] as const)
      expect(returnText(value, id)).toMatch(new RegExp(`^[\\p{L} ]{4,} \\(${value}\\)$`, 'u'))
  })

  it('is left as it is where it is a text, a currency or nothing', () => {
    expect(returnText('EUR', 'unit')).toBe('EUR')
    expect(returnText('active', 'vendorStatus')).toBe(language === 'fr' ? 'actif (active)' : 'active')
    expect(returnText('percent', 'vendorName')).toBe('percent')
    expect(returnText(true)).toMatch(/\(Y\)$/)
  })

  it('comes from operations and options that have names', () => {
    for (const { operations } of Object.values(actions)) {
      for (const operation of operations) {
        expect(operationName(operation.id)).not.toBe(operation.id)
        for (const { id, options = [] } of operation.fields)
          expect(options.filter(option => !hasText(id === 'period' ? `ui.period.kinds.${option}` : `actions.options.${id}.${option}`))).toEqual([])
      }
    }
  })
})
