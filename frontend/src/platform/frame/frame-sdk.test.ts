// @vitest-environment node
import { initializeB24Frame, type B24Frame } from '@bitrix24/b24jssdk'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeHost, HOST_ORIGIN, type FakeHost } from '../testing/fake-host.ts'
import { connectFrame, type Frame } from './frame.ts'

const initData = {
  LANG: 'fr', DOMAIN: 'portal.example', PROTOCOL: 1, PATH: '/rest', AUTH_ID: 'token', AUTH_EXPIRES: '3600', REFRESH_ID: 'refresh',
  MEMBER_ID: 'member', FIRST_RUN: false, IS_ADMIN: true, INSTALL: true, USER_OPTIONS: {}, APP_OPTIONS: {},
  PLACEMENT: 'DEFAULT', PLACEMENT_OPTIONS: {},
}
const auth = { AUTH_ID: 'token2', REFRESH_ID: 'refresh2', AUTH_EXPIRES: '3600' }
const values = { vendor: 'a:b "c"', fields: ['1'] }

/** What both clients are asked to do, and what the host answers. */
const conversations: Record<string, { sdk: (b24: B24Frame) => unknown, ours: (frame: Frame) => unknown, reply?: unknown }> = {
  'refreshes the token': { sdk: b24 => b24.auth.refreshAuth(), ours: frame => frame.refreshAuth(), reply: auth },
  'asks what the placement understands': { sdk: b24 => b24.placement.getInterface(), ours: frame => frame.getInterface(), reply: {} },
  'sets the title': { sdk: b24 => b24.parent.setTitle('A:B « é »'), ours: frame => frame.setTitle('A:B « é »'), reply: {} },
  'resizes the window': { sdk: b24 => b24.parent.resizeWindow(800, 640), ours: frame => frame.resizeWindow(800, 640), reply: {} },
  'opens a page of the portal': {
    sdk: b24 => b24.slider.openPath(b24.slider.getUrl('/crm/deal/details/7/?a=1')),
    ours: frame => frame.openPath('/crm/deal/details/7/?a=1'),
    reply: { result: 'close' },
  },
  'opens a narrow page of the portal': {
    sdk: b24 => b24.slider.openPath(b24.slider.getUrl('/crm/company/details/7/'), 900),
    ours: frame => frame.openPath('/crm/company/details/7/', { widthPx: 900 }),
    reply: { result: 'close' },
  },
  'opens a wide page of the portal': {
    sdk: b24 => b24.slider.openPath(b24.slider.getUrl('/crm/deal/details/7/'), 2000),
    ours: frame => frame.openPath('/crm/deal/details/7/', { widthPx: 2000 }),
    reply: { result: 'close' },
  },
  'opens the app in a slider': {
    sdk: b24 => b24.slider.openSliderAppPage({ to: '/vendors/7', bx24_width: 900 }),
    ours: frame => frame.openApplication({ to: '/vendors/7', bx24_width: 900 }),
    reply: {},
  },
  'opens the app in a slider without options': {
    sdk: b24 => b24.slider.openSliderAppPage({}), ours: frame => frame.openApplication({}), reply: {},
  },
  'closes the slider': { sdk: b24 => b24.parent.closeApplication(), ours: frame => frame.closeApplication(), reply: {} },
  'hands over the settings': {
    // `placement.call` would smuggle an `isRawValue` of its own into the values.
    sdk: b24 => b24.parent.message.send('setPropertyValue', { ...values, isSafely: true }),
    ours: frame => frame.setPropertyValue(values),
    reply: [],
  },
  'shows what was found': {
    sdk: b24 => b24.parent.message.send('crmShowFoundEntities', { data: [{ id: '1', name: 'A:B' }], isSafely: true }),
    ours: frame => frame.showFoundEntities([{ id: '1', name: 'A:B' }]),
    reply: [],
  },
  'hears what is chosen': {
    sdk: b24 => b24.parent.message.send('placementBindEvent', { event: 'onCrmEntityIsNeedToCreate', isSafely: true }),
    ours: frame => frame.onEntityChosen(() => {}),
    reply: [],
  },
  'fills the card': {
    sdk: b24 => b24.parent.message.send('crmShowCreatedEntity', { entityType: 'company', id: '1', title: 'A', fields: { RQ_SIREN: '732829320' }, isSafely: true }),
    ours: frame => frame.showCreatedEntity({ entityType: 'company', id: '1', title: 'A', fields: { RQ_SIREN: '732829320' } }),
    reply: [],
  },
  'refreshes the card': {
    sdk: b24 => b24.parent.message.send('reloadData', { isSafely: true }), ours: frame => frame.reloadData(), reply: [],
  },
  'finishes the installation': { sdk: b24 => b24.installFinish(), ours: frame => frame.setInstallFinish(), reply: {} },
}

describe('the frame client, word for word against the official SDK', () => {
  let sdkHost: FakeHost
  let ourHost: FakeHost
  let b24: B24Frame
  let frame: Frame

  beforeAll(async () => {
    sdkHost = fakeHost()
    ourHost = fakeHost()
    vi.stubGlobal('window', sdkHost.page)
    vi.stubGlobal('parent', sdkHost.page.parent)
    const starting = initializeB24Frame()
    sdkHost.answer(initData)
    b24 = await starting
    frame = connectFrame(ourHost.page)!
    const init = frame.init()
    ourHost.answer(initData)
    await init
  })

  afterAll(() => {
    b24.destroy()
    vi.unstubAllGlobals()
  })

  it('starts with the same message', () => {
    expect(ourHost.said).toEqual(['getInitData:K:S'])
    expect(sdkHost.said).toEqual(ourHost.said)
    expect(b24.getTargetOrigin()).toBe(HOST_ORIGIN)
    expect(frame.origin).toBe(HOST_ORIGIN)
  })

  it.each(Object.entries(conversations))('%s', async (_, { sdk, ours, reply }) => {
    const theirs = Promise.resolve(sdk(b24))
    sdkHost.answer(reply)
    const mine = Promise.resolve(ours(frame))
    ourHost.answer(reply)
    await Promise.all([theirs, mine])
    expect(ourHost.said.at(-1)).toBe(sdkHost.said.at(-1))
  })

  it('acknowledges a first run as the SDK does', async () => {
    const host = fakeHost()
    const init = connectFrame(host.page)!.init()
    host.answer({ ...initData, FIRST_RUN: true })
    await init
    expect(host.said).toEqual(['getInitData:K:S', 'setInstall:{"install":true}:K:S'])
  })
})
