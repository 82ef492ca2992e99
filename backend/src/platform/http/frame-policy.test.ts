import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, frameAncestor } from './frame-policy.ts'

const none = { storedEndpoint: null, claimedDomain: null, isInsecureAllowed: false }

describe('who may frame a page', () => {
  it('is the stored portal, whatever the request claims', () => {
    expect(frameAncestor({ ...none, storedEndpoint: 'https://crm.example.fr:8443/rest/', claimedDomain: 'evil.example' })).toBe('https://crm.example.fr:8443')
  })

  it('is a cloud portal before it is stored', () => {
    expect(frameAncestor({ ...none, claimedDomain: 'Acme.bitrix24.fr' })).toBe('https://acme.bitrix24.fr')
  })

  it.each(['evil.example', 'bitrix24.fr.evil.example', 'a.bitrix24.fr/evil', 'x; script-src *', ''])('is not %j', (claimedDomain) => {
    expect(frameAncestor({ ...none, claimedDomain })).toBeNull()
  })

  it('is a host of one\'s own only where insecure portals are allowed, and never a policy of its own', () => {
    expect(frameAncestor({ ...none, claimedDomain: 'localhost:4300', isInsecureAllowed: true })).toContain('http://localhost:4300')
    expect(frameAncestor({ ...none, claimedDomain: 'localhost; script-src *', isInsecureAllowed: true })).toBeNull()
  })

  it('is that host at any port where the portal leaves its own out', () => {
    expect(frameAncestor({ ...none, claimedDomain: 'localhost', isInsecureAllowed: true })).toBe('http://localhost:* https://localhost:*')
  })

  it('is nobody for a page without a portal', () => {
    expect(contentSecurityPolicy(null)).toContain(`frame-ancestors 'none'`)
  })
})
