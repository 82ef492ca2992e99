import { expect, it } from 'vitest'
import { sectionSchemas } from '@comptoir/shared/settings-file/sections'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { pathWords } from './settings-words.ts'

it.each(['fr', 'en'] as const)('every setting of accounting has a name in « %s »', async (language) => {
  await loadTexts(language, ['settingsFile'])
  expect(Object.keys(sectionSchemas.accounting.properties).filter(name => pathWords(['accounting', name]) === name)).toEqual([])
})
