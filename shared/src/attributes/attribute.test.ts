import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRequiredIn, tidyValue, tidyWords, valueFault, type AttributeKind, type AttributeValue } from './attribute.ts'

const rule = (kind: AttributeKind, options: readonly string[] = []) => ({ kind, options, requiredFrom: 'never' as const })

describe('the value of an attribute', () => {
  it.each<[AttributeKind, AttributeValue, string | null]>([
    ['text', 'ISO 9001', null], ['text', 12, 'text'],
    ['number', 12.5, null], ['number', '12', 'number'], ['number', Number.NaN, 'number'],
    ['date', '2026-02-28', null], ['date', '2026-02-30', 'date'], ['date', '28/02/2026', 'date'],
    ['link', 'https://exemple.fr/rse', null], ['link', 'javascript:alert(1)', 'link'],
    ['yesNo', false, null], ['yesNo', 'oui', 'yesNo'],
    ['choice', 'Bronze', null], ['choice', 'Étain', 'option'],
    ['choices', ['Bronze', 'Or'], null], ['choices', ['Or', 'Étain'], 'option'], ['choices', 'Or', 'option'],
  ])('%s takes %j: %s', (kind, value, fault) => {
    expect(valueFault(rule(kind, ['Bronze', 'Or']), value)).toBe(fault)
  })

  it('is nothing when it is empty, and no is an answer', () => {
    expect([tidyValue('  '), tidyValue([]), tidyValue(false), tidyValue(0), tidyValue(['a', 'a'])]).toEqual([null, null, false, 0, ['a']])
  })

  it('is asked of vendors from the chosen status on, until they are let go', () => {
    const asked = (['prospect', 'onboarding', 'active', 'suspended', 'terminated'] as const).filter(status => isRequiredIn({ requiredFrom: 'onboarding' }, status))
    expect(asked).toEqual(['onboarding', 'active', 'suspended'])
  })
})

describe('words people type', () => {
  it('are kept once, whatever their case and spaces', () => {
    expect(tidyWords([' Carton  ondulé', 'carton ondulé', '', 'Palettes'])).toEqual(['Carton ondulé', 'Palettes'])
  })

  it('stay as they are when they are tidied again', () => {
    fc.assert(fc.property(fc.array(fc.string()), (words) => {
      expect(tidyWords(tidyWords(words))).toEqual(tidyWords(words))
    }))
  })
})
