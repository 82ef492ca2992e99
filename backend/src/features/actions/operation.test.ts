import { describe, expect, it } from 'vitest'
import { portalLink } from './operation.ts'

describe('a link into the portal', () => {
  it.each([
    ['https://acme.bitrix24.fr/rest/', 'https://acme.bitrix24.fr/crm/company/details/5/'],
    ['http://crm.example:8080/intranet/rest/', 'http://crm.example:8080/intranet/crm/company/details/5/'],
  ])('of %s is %s', (clientEndpoint, link) => {
    expect(portalLink({ clientEndpoint }, 'crm/company/details/5/')).toBe(link)
  })
})
