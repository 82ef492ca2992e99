import qs from 'qs'
import { describe, expect, it } from 'vitest'
import { mapField } from './host-form.ts'

describe('a map in a form of the host', () => {
  it.each([
    ['a JSON text', 'PLACEMENT_OPTIONS=%7B%22ID%22%3A%227%22%7D', { ID: '7' }],
    ['fields with brackets', 'PLACEMENT_OPTIONS[ID]=7', { ID: '7' }],
    ['an empty list', 'PLACEMENT_OPTIONS=[]', {}],
    ['something else', 'PLACEMENT_OPTIONS=7', {}],
    ['nothing', 'PLACEMENT=DEFAULT', {}],
  ])('comes as %s', (_, form, map) => {
    expect(mapField(qs.parse(form), 'PLACEMENT_OPTIONS')).toEqual(map)
  })

  it('is empty for a body that is no form', () => {
    expect(mapField(null, 'PLACEMENT_OPTIONS')).toEqual({})
  })
})
