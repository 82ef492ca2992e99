import { describe, expect, it } from 'vitest'
import { kindOfEvent } from './mirrored-kinds.ts'

describe('an event', () => {
  it.each([
    ['ONCRMDEALUPDATE', 'deals'], ['OnCrmDealMoveToCategory', 'deals'], ['ONCRMCOMPANYDELETE', 'companies'],
    ['ONCRMLEADADD', 'leads'], ['ONCRMCONTACTADD', 'contacts'], ['ONAPPUNINSTALL', null], ['ONCRMACTIVITYADD', null],
  ])('%s is about %s', (event, kind) => expect(kindOfEvent(event, 0)).toBe(kind))

  it.each([
    ['ONCRMDYNAMICITEMADD', 31, 'invoices'], ['ONCRMDYNAMICITEMUPDATE', 1036, 'smart_1036'], ['ONCRMDYNAMICITEMDELETE_1036', 0, 'smart_1036'],
  ])('%s of type %s is about %s', (event, type, kind) => expect(kindOfEvent(event, type)).toBe(kind))
})
