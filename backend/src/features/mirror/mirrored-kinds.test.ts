import { describe, expect, it } from 'vitest'
import { kindOfEvent } from './mirrored-kinds.ts'

describe('an event', () => {
  it.each([
    ['ONCRMDEALUPDATE', 'deals'], ['OnCrmDealMoveToCategory', 'deals'], ['ONCRMCOMPANYDELETE', 'companies'],
    ['ONCRMLEADADD', 'leads'], ['ONAPPUNINSTALL', null],
  ])('%s is about %s', (event, kind) => expect(kindOfEvent(event)).toBe(kind))
})
