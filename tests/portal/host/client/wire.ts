/** One message of an app to the page around its frame. */
export interface AppMessage {
  command: string
  /** Parsed payload; the text itself where it is no JSON; null where there is none. */
  params: unknown
  key: string
  sid: string
}

/** `command[:payload]:key:sid`, or an object when the command's own name has a colon. */
export function parseMessage(data: unknown): AppMessage | null {
  if (typeof data === 'string')
    return parseText(data)
  if (data === null || typeof data !== 'object')
    return null
  const { method, params, callback, appSid } = data as Record<string, unknown>
  if (typeof method !== 'string' || typeof appSid !== 'string')
    return null
  return { command: method, params: params === '' ? null : params ?? null, key: String(callback ?? ''), sid: appSid }
}

function parseText(text: string): AppMessage | null {
  const parts = text.split(':')
  const sid = parts.pop()
  const key = parts.pop()
  const command = parts.shift()
  if (!sid || key === undefined || !command)
    return null
  return { command, params: parts.length === 0 ? null : parsePayload(parts.join(':')), key, sid }
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return text
  }
}

/** `key:JSON`, the only form in which the host speaks. */
export const formatReply = (key: string, value: unknown): string => `${key}:${JSON.stringify(value)}`

export function asMap(params: unknown): Record<string, unknown> {
  return params !== null && typeof params === 'object' && !Array.isArray(params) ? params as Record<string, unknown> : {}
}

/** Controls that the SDK leaves among the values of `setPropertyValue`. */
const controlKeys = new Set(['isRawValue', 'isSafely', 'safelyTime', 'requestId'])

/** The values for known properties; other keys, and keys in another case, are dropped without a word. */
export function knownValues(params: unknown, properties: readonly string[]): Record<string, string[]> {
  const known = Object.entries(asMap(params)).filter(([id]) => properties.includes(id) && !controlKeys.has(id))
  return Object.fromEntries(known.map(([id, value]) => [id, listOf(value).map(textOf)]))
}

const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value : [value]

function textOf(value: unknown): string {
  if (value === null || value === undefined)
    return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export interface PortalPath {
  /** Path and query of the page, with the marks of a slider. */
  path: string
  /** Widest the slider gets; null = all there is. */
  width: number | null
}

const widthClasses: readonly (readonly [RegExp, number | null])[] = [
  [/^\/crm\/deal\/\.\.\/\.\./, null],
  [/^\/crm\/type\/0\/details\/0\/\.\./, 1640],
  [/^\/company\/personal\/user\/0\/groups\/create\/\.\./, 1200],
  [/^\/crm\/company\/requisite\/0\/\.\./, 950],
  [/^\/workgroups\/group\/0\/card\/\.\./, 900],
]

/** Where `openPath` leads; null when the portal refuses: only its own absolute paths open. */
export function readPath(path: unknown, origin: string, app: string): PortalPath | null {
  if (typeof path !== 'string' || !/^\/(?![/\\])/.test(path))
    return null
  const url = new URL(path, origin)
  if (url.origin !== origin)
    return null
  const width = widthClasses.find(([prefix]) => prefix.test(path))?.[1]
  url.searchParams.set('IFRAME', 'Y')
  url.searchParams.set('IFRAME_TYPE', 'SIDE_SLIDER')
  url.searchParams.set('from', 'rest_placement')
  url.searchParams.set('from_app', app)
  return { path: url.pathname + url.search, width: width === undefined ? 1640 : width }
}

const labelColours: Readonly<Record<string, string>> = {
  aqua: '#06bab1',
  green: '#a5de00',
  orange: '#ffa801',
  brown: '#ae914b',
  pink: '#f968b6',
  blue: '#2eceff',
  grey: '#a1a6ac',
  violet: '#6b52cc',
}

export interface SliderLook {
  width: number | null
  title: string | null
  label: { text: string, colour: string } | null
  leftBoundary: number | null
}

/** `openApplication` mixes what the slider looks like with what the app wants to know. */
export function splitApplicationParams(params: unknown): { look: SliderLook, options: Record<string, unknown> } {
  const { bx24_width: width, bx24_title: title, bx24_label: label, bx24_leftBoundary: boundary, ...options } = asMap(params)
  const { bgColor, text } = asMap(label)
  return {
    look: {
      width: Number(width) > 0 ? Number(width) : null,
      title: typeof title === 'string' ? title : null,
      label: label ? { text: String(text ?? ''), colour: labelColours[String(bgColor)] ?? labelColours.blue! } : null,
      leftBoundary: Number(boundary) > 0 ? Number(boundary) : null,
    },
    options,
  }
}
