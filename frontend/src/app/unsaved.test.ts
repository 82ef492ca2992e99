import { vendorDraftApi } from '@comptoir/shared/vendors/vendor-draft.contract'
import { fireEvent } from '@testing-library/vue'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../platform/api.ts'
import { fakeApi } from '../platform/testing/fake-api.ts'
import { isUnsaved, watchForms } from './unsaved.ts'

const ask = vi.fn(async () => true)

beforeAll(() => watchForms(ask))
beforeEach(() => {
  document.body.innerHTML = '<form id="plain"><input id="name"><input type="search" id="search"><button type="button" id="cancel" data-leaves></button></form><form data-kept><input id="kept"></form>'
})

const byId = (id: string): HTMLElement => document.getElementById(id)!

describe('what was typed', () => {
  it('is unsaved until its form is sent', async () => {
    expect(isUnsaved()).toBe(false)
    await fireEvent.input(byId('name'))
    expect(isUnsaved()).toBe(true)
    await fireEvent.submit(byId('plain'))
    expect(isUnsaved()).toBe(false)
  })

  it('is unsaved again when the server did not take it', async () => {
    const save = () => fireEvent.submit(byId('plain')).then(() => call(vendorDraftApi.drop, { params: { vendorId: 'new' } }).catch(() => null))
    await fireEvent.input(byId('name'))
    fakeApi().fail(vendorDraftApi.drop, 'vendor.forbidden')
    await save()
    expect(isUnsaved()).toBe(true)
    fakeApi().on(vendorDraftApi.drop, () => ({}))
    await save()
    expect(isUnsaved()).toBe(false)
  })

  it('is nothing to lose once its form is closed', async () => {
    await fireEvent.input(byId('name'))
    byId('plain').remove()
    expect(isUnsaved()).toBe(false)
  })

  it('is not unsaved in a search, nor where a draft is kept', async () => {
    await fireEvent.input(byId('search'))
    await fireEvent.input(byId('kept'))
    expect(isUnsaved()).toBe(false)
  })

  it('is not lost by Cancel or Escape before one has said so', async () => {
    const closed = vi.fn()
    byId('cancel').addEventListener('click', closed)
    await fireEvent.click(byId('cancel'))
    expect([closed.mock.calls.length, ask.mock.calls.length]).toEqual([1, 0])
    await fireEvent.input(byId('name'))
    ask.mockResolvedValueOnce(false)
    await fireEvent.keyDown(byId('name'), { key: 'Escape' })
    expect([closed.mock.calls.length, isUnsaved()]).toEqual([1, true])
    await fireEvent.click(byId('cancel'))
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2))
    expect([ask.mock.calls.length, isUnsaved()]).toEqual([2, false])
  })

  it('is unsaved where the page says so, and the window is not closed over it', () => {
    document.body.innerHTML = '<main data-unsaved></main>'
    expect(isUnsaved()).toBe(true)
    expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false)
  })
})
