/** What the host tells a frame through `window.name`, before any script runs. */
export interface FrameName {
  readonly origin: string
  readonly sid: string
}

/** `DOMAIN|PROTOCOL|APP_SID`; null when the page does not sit in the host's frame. */
export function parseFrameName(name: string): FrameName | null {
  const [domain, protocol, sid] = name.split('|')
  if (!domain || !sid)
    return null
  return { origin: `${protocol === '1' ? 'https' : 'http'}://${domain.replace(/:(80|443)$/, '')}`, sid }
}

/**
 * The browser's word on the parent, where it stands on the host that was named: some portals leave their port out of
 * the name, or call themselves http behind a proxy that speaks https. Messages to the wrong origin would get lost.
 */
export function settledOrigin(named: string, parent: string | null): string {
  if (!parent || !URL.canParse(parent))
    return named
  const { hostname, origin } = new URL(parent)
  return hostname === new URL(named).hostname ? origin : named
}

/** `command[:json]:key:sid`. */
export function writeCommand(command: string, params: object | null, key: string, sid: string): string {
  const payload = params && Object.keys(params).length > 0 ? JSON.stringify(params) : ''
  return [command, payload, key, sid].filter(Boolean).join(':')
}

export interface HostReply {
  readonly key: string
  readonly value: unknown
}

/** `key[:json]`; null for anything else that lands on the window. */
export function readReply(data: unknown): HostReply | null {
  if (typeof data !== 'string' || data === '')
    return null
  const at = data.indexOf(':')
  if (at < 0)
    return { key: data, value: null }
  try {
    const tail = data.slice(at + 1)
    return { key: data.slice(0, at), value: tail === '' ? null : JSON.parse(tail) }
  }
  catch {
    return null
  }
}

/** A v4 UUID; `crypto.randomUUID` is missing where a boxed portal is opened over plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0F) | 0x40
  bytes[8] = (bytes[8]! & 0x3F) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
