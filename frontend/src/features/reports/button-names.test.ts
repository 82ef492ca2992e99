import { expect, it } from 'vitest'
import en from '../../locales/en.json' with { type: 'json' }
import fr from '../../locales/fr.json' with { type: 'json' }

it('calls each button by what stands on it, so that speaking the word presses it', () => {
  for (const { reports } of [fr, en]) {
    for (const key of ['edit', 'history', 'pause', 'remove', 'resume', 'runNow'] as const)
      expect(reports[`${key}Named`]).toContain(reports[key])
  }
})
