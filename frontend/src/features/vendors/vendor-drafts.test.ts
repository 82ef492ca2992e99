import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aSession } from '../../platform/testing/render.ts'

/** A page that was loaded anew: its modules remember nothing. */
async function loadPage(userId = 7) {
  vi.resetModules()
  const { openSession } = await import('../../platform/session.ts')
  const session = aSession()
  await openSession({ ...session, viewer: { ...session.viewer, userId } }, null)
  return import('./vendor-drafts.ts')
}

describe('the draft of a vendor', () => {
  beforeEach(() => sessionStorage.clear())

  it('survives a reload of the frame, but for the account', async () => {
    const page = await loadPage()
    page.keepDraft('new:', { name: 'Ébène', iban: 'FR7630006000011234567890189' })
    expect(page.draftOf('new:')).toEqual({ name: 'Ébène', iban: 'FR7630006000011234567890189' })
    expect((await loadPage()).draftOf('new:')).toEqual({ name: 'Ébène' })
    expect(Object.values(sessionStorage).join()).not.toContain('FR76')
  })

  it('is nobody else\'s, and ends when it is saved', async () => {
    const page = await loadPage()
    page.keepDraft('new:', { name: 'Ébène' })
    expect((await loadPage(8)).draftOf('new:')).toBeNull()
    const again = await loadPage()
    again.dropDraft('new:')
    expect((await loadPage()).draftOf('new:')).toBeNull()
  })

  it('lives as long as the page where the browser refuses its storage', async () => {
    const page = await loadPage()
    vi.stubGlobal('sessionStorage', new Proxy({}, { get: () => { throw new DOMException('denied', 'SecurityError') } }))
    page.keepDraft('new:', { name: 'Ébène' })
    expect(page.draftOf('new:')).toEqual({ name: 'Ébène' })
    expect(page.draftOf('other')).toBeNull()
    vi.unstubAllGlobals()
  })
})
