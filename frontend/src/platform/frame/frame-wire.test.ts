// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { settledOrigin } from './frame-wire.ts'

describe('where the host of a frame is', () => {
  it.each([
    ['a port the name leaves out', 'http://crm.example', 'http://crm.example:8080', 'http://crm.example:8080'],
    ['a proxy that speaks https', 'http://crm.example', 'https://crm.example/crm/deal/', 'https://crm.example'],
    ['nothing known of the parent', 'https://crm.example', '', 'https://crm.example'],
    ['a parent that is another host', 'https://crm.example', 'https://evil.example', 'https://crm.example'],
  ])('takes account of %s', (_, named, parent, origin) => {
    expect(settledOrigin(named, parent)).toBe(origin)
  })
})
