// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { fakeHost } from '../testing/fake-host.ts'
import { connectFrame } from './frame.ts'

const initData = { AUTH_ID: 'token', AUTH_EXPIRES: '3600', MEMBER_ID: 'member', LANG: 'fr', IS_ADMIN: true, PLACEMENT_OPTIONS: [] }

describe('the frame client', () => {
  it('is absent where the host gave no name', () => {
    expect(connectFrame(fakeHost('').page)).toBeNull()
    expect(connectFrame(fakeHost('portal.example').page)).toBeNull()
  })

  it('is absent in a window of its own', () => {
    const { page } = fakeHost()
    Object.assign(page, { parent: page })
    expect(connectFrame(page)).toBeNull()
  })

  it('gives up on a host that stays silent and can be asked again', async () => {
    vi.useFakeTimers()
    const host = fakeHost()
    const frame = connectFrame(host.page)!
    const first = frame.init()
    const settled = expect(first).rejects.toMatchObject({ code: 'frame.silent', details: { command: 'getInitData' } })
    await vi.advanceTimersByTimeAsync(10_000)
    await settled
    vi.useRealTimers()

    const second = frame.init()
    host.answer(initData)
    await expect(second).resolves.toMatchObject({ accessToken: 'token', memberId: 'member', options: {} })
  })

  it('does not wait for a host that leaves a courtesy unanswered', async () => {
    vi.useFakeTimers()
    const title = connectFrame(fakeHost().page)!.setTitle('Fournisseurs')
    await vi.advanceTimersByTimeAsync(900)
    await expect(title).resolves.toBeUndefined()
    vi.useRealTimers()
  })

  it('asks the host once for everyone who waits', async () => {
    const host = fakeHost()
    const frame = connectFrame(host.page)!
    const [first, second] = [frame.init(), frame.init()]
    host.answer(initData)
    expect(await first).toBe(await second)
    expect(host.said).toEqual(['getInitData:K:S'])
  })

  it('reads options the host wrote as a JSON text', async () => {
    const host = fakeHost()
    const init = connectFrame(host.page)!.init()
    host.answer({ ...initData, PLACEMENT_OPTIONS: '{"ID":"7"}' })
    await expect(init).resolves.toMatchObject({ options: { ID: '7' } })
  })

  it('listens to its host alone', async () => {
    const host = fakeHost()
    const init = connectFrame(host.page)!.init()
    host.emit({ data: 'x:{"AUTH_ID":"forged"}', origin: 'https://evil.example' })
    host.emit({ data: 'x:{"AUTH_ID":"forged"}', source: {} })
    host.emit({ data: { AUTH_ID: 'forged' } })
    host.emit({ data: 'x:{broken' })
    host.answer(initData)
    await expect(init).resolves.toMatchObject({ accessToken: 'token' })
  })

  it('hears of every choice among what it found', () => {
    const host = fakeHost()
    const chosen: string[] = []
    connectFrame(host.page)!.onEntityChosen(id => chosen.push(id))
    host.answer([])
    host.answer({ appSid: 'S', data: { id: 'v1', name: 'Morel' } })
    host.answer({ appSid: 'S', data: { id: 'v2', name: 'Roux' } })
    expect(chosen).toEqual(['v1', 'v2'])
  })

  it('opens a tab where the device has no sliders', async () => {
    const host = fakeHost()
    const open = vi.fn()
    Object.assign(host.page, { open })
    const opened = connectFrame(host.page)!.openPath('/crm/deal/details/7/')
    host.answer({ result: 'error', errorCode: 'METHOD_NOT_SUPPORTED_ON_DEVICE' })
    await opened
    expect(String(open.mock.calls[0]?.[0])).toBe('https://portal.example/crm/deal/details/7/')
  })

  it('reports a page the host refuses to open', async () => {
    const host = fakeHost()
    const opened = connectFrame(host.page)!.openPath('/secret/')
    host.answer({ result: 'error', errorCode: 'PATH_NOT_AVAILABLE' })
    await expect(opened).rejects.toMatchObject({ code: 'crm.refused', details: { reason: 'PATH_NOT_AVAILABLE' } })
  })
})
