import { vendorDraftApi, type VendorDraft } from '@comptoir/shared/vendors/vendor-draft.contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'

let server: VendorDraft | null
let api: FakeApi
beforeEach(() => {
  vi.useFakeTimers()
  server = null
  api = fakeApi().on(vendorDraftApi.get, () => ({ draft: server }))
    .on(vendorDraftApi.keep, ({ body }) => {
      server = body as VendorDraft
      return {}
    })
    .on(vendorDraftApi.drop, () => {
      server = null
      return {}
    })
})
afterEach(() => vi.useRealTimers())

/** A page that was loaded anew: its modules remember nothing. */
function loadPage() {
  vi.resetModules()
  return import('./vendor-drafts.ts')
}
const pause = () => vi.advanceTimersByTimeAsync(1000)

describe('the draft of a vendor', () => {
  it('survives a reload of the frame, but for the account', async () => {
    const page = await loadPage()
    page.keepDraft('new', { name: 'Ébène', iban: 'FR7630006000011234567890189' }, null)
    expect(page.draftOf('new')).toEqual({ name: 'Ébène', iban: 'FR7630006000011234567890189' })
    await pause()
    const again = await loadPage()
    expect(again.draftOf('new')).toBeNull()
    expect(await again.storedDraft('new')).toEqual({ values: { name: 'Ébène' }, version: null })
  })

  it('is sent once when the typing pauses', async () => {
    const page = await loadPage()
    for (const city of ['L', 'Ly', 'Lyon'])
      page.keepDraft('v1', { city }, 3)
    await pause()
    expect(api.sent.map(({ body }) => body)).toEqual([{ values: { city: 'Lyon' }, version: 3 }])
  })

  it('ends on the server, too, when it is saved', async () => {
    const page = await loadPage()
    page.keepDraft('new', { name: 'Ébène' }, null)
    await pause()
    page.dropDraft('new')
    await pause()
    expect([page.draftOf('new'), server]).toEqual([null, null])
  })

  it('is not sent after it was saved, nor for an account alone', async () => {
    const page = await loadPage()
    page.keepDraft('new', { name: 'Ébène' }, null)
    page.dropDraft('new')
    page.keepDraft('v1', { iban: 'FR76' }, 3)
    await pause()
    expect(api.sent).toEqual([])
  })

  it('lives as long as the page where the server refuses it', async () => {
    api.fail(vendorDraftApi.keep, 'vendor.forbidden').fail(vendorDraftApi.get, 'vendor.forbidden')
    const page = await loadPage()
    page.keepDraft('new', { name: 'Ébène' }, null)
    await pause()
    expect(page.draftOf('new')).toEqual({ name: 'Ébène' })
    expect(await page.storedDraft('other')).toBeNull()
  })
})
