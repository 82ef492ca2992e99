import { beforeAll, describe, expect, it } from 'vitest'
import { metricDefinitions } from '@comptoir/shared/insights/metric-catalogue'
import { setFormats } from '../../platform/format/format.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { isFound, unitText } from './definition-words.ts'

beforeAll(async () => {
  await loadTexts('fr', ['insights'])
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
})

const found = (search: string): string[] => metricDefinitions.filter(metric => isFound(metric, search)).map(({ id }) => id)

describe('the dictionary of figures', () => {
  it('finds a figure by words of its name, its formula or its id, without accents', () => {
    expect(found('hhi')).toEqual(['spend_hhi', 'effective_vendors'])
    expect(found('retention clients')).toContain('retention')
    expect(found('dpo')).toContain('dpo')
    expect(found('')).toHaveLength(metricDefinitions.length)
    expect(found('no such figure')).toEqual([])
  })

  it('names a unit for every figure', () => {
    for (const metric of metricDefinitions)
      expect(unitText(metric), metric.id).not.toBe('')
  })
})
