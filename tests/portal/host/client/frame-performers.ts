import type { HostedFrame, Performers } from './frames.ts'
import { selectAccess, selectCrm, selectUser } from './pickers.ts'
import { pageData, t, toast } from './page-data.ts'
import { reloadRegions } from './regions.ts'
import { sliders } from './sliders.ts'
import { asMap, readPath, splitApplicationParams } from './wire.ts'

/** What the page around a frame does for each command that is not answered by the server. */
export const performers: Performers = {
  resizeWindow,
  setTitle(frame, params) {
    frame.slot.setTitle?.(String(asMap(params).title ?? ''))
    return params
  },
  setScroll(_frame, params) {
    window.scrollTo({ top: Number(asMap(params).scroll) || 0 })
    return params
  },
  async reloadWindow({ slot }) {
    if (slot.reload)
      await slot.reload()
    else
      location.reload()
  },
  openApplication,
  closeApplication(frame) {
    if (frame.slot.kind === 'slider')
      frame.slot.close?.()
  },
  openPath,
  selectUser: (_frame, params) => selectUser(asMap(params).mult === true),
  selectUsers: () => selectUser(true),
  selectAccess: (_frame, params) => selectAccess(asMap(params).value),
  selectCRM: (_frame, params) => selectCrm(asMap(params)),
  getInterface: frame => ({ command: commandsOf(frame), event: [] }),
  placementBindEvent(frame, params, key) {
    const { event } = asMap(params)
    if (typeof event === 'string')
      frame.events.set(event, key)
  },
  async reloadData(frame) {
    if (!commandsOf(frame).includes('reloadData'))
      return undefined
    await reloadRegions()
    return []
  },
  setValue(frame, params) {
    if (frame.opened.placement !== 'USERFIELD_TYPE')
      return undefined
    frame.value = params
    return []
  },
  getValue: frame => frame.opened.placement === 'USERFIELD_TYPE' ? frame.value : undefined,
  crmShowFoundEntities(frame, params) {
    frame.slot.showFound?.(asMap(params).data)
  },
  async crmShowCreatedEntity(frame, params) {
    await frame.slot.fill?.(asMap(params))
  },
  imOpenMessenger: (_frame, params) => chat(asMap(params).dialogId),
  imOpenHistory: (_frame, params) => chat(asMap(params).dialogId),
  imCallTo: (_frame, params) => chat(asMap(params).userId),
  imPhoneTo: (_frame, params) => chat(asMap(params).phone),
}

function chat(target: unknown): void {
  toast(t('apps.messenger', { target: String(target ?? '') }))
}

/** Only what this placement adds to the general vocabulary. */
function commandsOf({ opened: { placement } }: HostedFrame): string[] {
  if (/_(DETAIL_TAB|DETAIL_ACTIVITY|LIST_MENU)$/.test(placement))
    return ['reloadData']
  if (placement.endsWith('_AUTOCOMPLETE'))
    return ['crmShowFoundEntities', 'crmShowCreatedEntity']
  if (placement === 'BIZPROC_ACTIVITY_PROPERTIES_DIALOG')
    return ['setPropertyValue']
  return placement === 'USERFIELD_TYPE' ? ['getValue', 'setValue'] : []
}

/** Sliders give all the room there is and do not answer. */
function resizeWindow({ iframe, slot }: HostedFrame, params: unknown): unknown {
  if (slot.kind === 'slider')
    return undefined
  const { width, height } = asMap(params)
  if (Number(height) > 0)
    iframe.style.height = `${Math.round(Number(height))}px`
  if (Number(width) > 0)
    iframe.style.width = `${Math.round(Number(width))}px`
  else if (typeof width === 'string' && /^\d+%$/.test(width))
    iframe.style.width = width
  return { width: iframe.offsetWidth, height: iframe.offsetHeight }
}

/** The app's main page in a slider; answered, without a result, when that is closed. */
async function openApplication({ opened: { clientId } }: HostedFrame, params: unknown): Promise<unknown> {
  const { look, options } = splitApplicationParams(params)
  await sliders().openApp({ order: { clientId, options, uri: pageData.uri }, look })
  return []
}

async function openPath({ opened: { clientId } }: HostedFrame, params: unknown): Promise<unknown> {
  const target = readPath(asMap(params).path, pageData.origin, clientId)
  if (!target)
    return { result: 'error', errorCode: 'PATH_NOT_AVAILABLE' }
  await sliders().openPage(target)
  await reloadRegions()
  return { result: 'close' }
}
