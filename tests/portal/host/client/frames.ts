import type { OpenedFrame } from '../frames.ts'
import type { Verdict } from '../frame-commands.ts'
import type { AppMessage } from './wire.ts'
import { pageData, send, t } from './page-data.ts'
import { formatReply, parseMessage } from './wire.ts'

/** Where a frame sits decides what some commands do. */
export interface FrameSlot {
  kind: 'tab' | 'page' | 'slider' | 'settings' | 'search'
  container: HTMLElement
  title: string
  /** Closes the slider around the frame; null where there is none. */
  close: (() => void) | null
  setTitle?: (title: string) => void
  /** Absent = the whole page is loaded again. */
  reload?: () => Promise<void>
  /** Fills the hidden fields of a settings dialog, at once: the user may press Save next. */
  setProperties?: (params: unknown) => void
  onInstalled?: (path: string) => void
  /** Lists what the app found for a search field. */
  showFound?: (found: unknown) => void
  /** Puts what was chosen of that into the card. */
  fill?: (entity: Record<string, unknown>) => Promise<void>
}

export interface FrameOrder {
  clientId?: string
  placementId?: number
  settings?: { templateId: number, stepName: string }
  options?: Record<string, unknown>
  /** Page that the frame is opened from; absent = this one. */
  uri?: string
}

export interface HostedFrame {
  opened: OpenedFrame
  iframe: HTMLIFrameElement
  order: FrameOrder
  slot: FrameSlot
  /** Value of a user-field frame. */
  value: unknown
  events: Map<string, string>
}

/** Carries a command out; resolves with the reply, undefined = silence. */
export type Performer = (frame: HostedFrame, params: unknown, key: string) => unknown
export type Performers = Readonly<Record<string, Performer>>

const frames = new Set<HostedFrame>()

/** Puts an app's page into the slot: the frame is named first, then a form is posted into it. */
export async function openFrame(order: FrameOrder, slot: FrameSlot): Promise<HostedFrame | null> {
  const answer = await send('/host/frames', { uri: pageData.uri, ...order })
  if (!answer.ok) {
    slot.container.replaceChildren(Object.assign(document.createElement('p'), { className: 'empty', textContent: t('apps.gone') }))
    return null
  }
  const opened = await answer.json() as OpenedFrame
  const iframe = document.createElement('iframe')
  iframe.name = opened.windowName
  iframe.className = 'app-frame'
  iframe.title = slot.title || t('apps.frame')
  iframe.allow = 'geolocation *; microphone *; camera *; autoplay *; fullscreen *'
  slot.container.replaceChildren(iframe)
  const frame: HostedFrame = { opened, iframe, order, slot, value: order.options?.VALUE ?? '', events: new Map() }
  frames.add(frame)
  if (opened.method === 'GET')
    iframe.src = opened.url
  else
    postInto(opened)
  return frame
}

function postInto({ url, fields, windowName }: OpenedFrame): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url
  form.target = windowName
  form.hidden = true
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  document.body.append(form)
  form.submit()
  form.remove()
}

/** Forgets the frame: its sid answers nothing any more. */
export function closeFrame(frame: HostedFrame): void {
  frames.delete(frame)
  frame.iframe.remove()
  void send(`/host/frames/${frame.opened.sid}/close`)
}

export function listen(performers: Performers): void {
  window.addEventListener('message', ({ source, origin, data }) => {
    const frame = [...frames].find(({ iframe }) => iframe.contentWindow === source)
    if (!frame || origin !== frame.opened.appOrigin)
      return
    const message = parseMessage(data)
    if (message?.sid === frame.opened.sid)
      void receive(frame, message, performers)
  })
}

async function receive(frame: HostedFrame, message: AppMessage, performers: Performers): Promise<void> {
  const { command, params, key } = message
  if (command === 'setPropertyValue')
    frame.slot.setProperties?.(params)
  const answer = await send(`/host/frames/${frame.opened.sid}/messages`, { command, params })
  const verdict = await answer.json() as Verdict
  if (verdict.kind === 'installed') {
    frame.slot.onInstalled?.(verdict.openPath)
  }
  else if (verdict.kind === 'reply') {
    await pause(verdict.lateMs)
    for (const kind of verdict.noise)
      await (kind === 'object' ? sendObject(frame) : sendFromElsewhere(frame))
    say(frame, formatReply(key, verdict.value))
  }
  else if (verdict.kind === 'perform') {
    const value = await performers[command]?.(frame, params, key)
    await pause(verdict.lateMs)
    if (value !== undefined) {
      say(frame, formatReply(key, value))
      void send(`/host/frames/${frame.opened.sid}/replies`, { command, value })
    }
  }
}

const pause = (ms: number): Promise<void> | undefined =>
  ms > 0 ? new Promise(resolve => setTimeout(resolve, ms)) : undefined

export function say({ iframe, opened }: HostedFrame, text: string): void {
  iframe.contentWindow?.postMessage(text, opened.appOrigin)
}

/** Tells every frame that asked for this event. */
export function emit(event: string, argument: unknown): void {
  for (const frame of frames)
    tell(frame, event, argument)
}

export function tell(frame: HostedFrame, event: string, argument: unknown): void {
  const key = frame.events.get(event)
  if (key)
    say(frame, formatReply(key, argument))
}

/** A fault: something that is no string, from the portal itself. */
function sendObject({ iframe, opened }: HostedFrame): void {
  iframe.contentWindow?.postMessage({ type: 'portal:noise' }, opened.appOrigin)
}

/** A fault: a message that looks like a reply but comes from an origin of its own. */
async function sendFromElsewhere({ opened: { windowName } }: HostedFrame): Promise<void> {
  const stranger = document.createElement('iframe')
  stranger.setAttribute('sandbox', 'allow-scripts')
  stranger.hidden = true
  stranger.srcdoc = `<script>parent[${JSON.stringify(windowName)}].postMessage('noise:{"result":"forged"}', '*')</script>`
  const { promise, resolve } = Promise.withResolvers<void>()
  stranger.addEventListener('load', () => resolve())
  document.body.append(stranger)
  await promise
  stranger.remove()
}
