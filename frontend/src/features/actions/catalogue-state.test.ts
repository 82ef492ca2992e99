import { describe, expect, it } from 'vitest'
import { installStateOf, nextAct } from './catalogue-state.ts'
import { anEntry } from './testing/action-samples.ts'

describe('the state of an action in the portal', () => {
  it.each([
    ['installed', anEntry(), null],
    ['installed', anEntry({ installedVersion: null }), null],
    ['outdated', anEntry({ currentVersion: '2' }), 'update'],
    ['partial', anEntry({ robot: 'absent' }), 'repair'],
    ['absent', anEntry({ activity: 'absent', robot: 'absent', installedVersion: null }), 'install'],
    ['unknown', anEntry({ activity: 'unknown', robot: 'unknown', installedVersion: null }), null],
    ['installed', anEntry({ activity: 'unknown', robot: 'unknown' }), null],
  ] as const)('is %s', (state, entry, act) => {
    expect(installStateOf(entry)).toBe(state)
    expect(nextAct(state)).toBe(act)
  })
})
