import { reloadSoon } from './regions.ts'

type Listener = (entry: Record<string, unknown> & { channel: string }) => void

const channels = ['rest', 'delivery', 'notification', 'task', 'workflow', 'frame', 'lifecycle', 'crm'] as const

/** What happens in the portal, as it happens. */
export function stream({ onEntry, onState }: { onEntry: Listener, onState?: (isConnected: boolean) => void }): void {
  const source = new EventSource('/control/stream')
  source.addEventListener('open', () => onState?.(true))
  source.addEventListener('error', () => onState?.(false))
  for (const channel of channels)
    source.addEventListener(channel, ({ data }: MessageEvent<string>) => onEntry(JSON.parse(data)))
}

/** Redraws a page that shows something running. */
export function watchLive(): void {
  const channel = document.querySelector<HTMLElement>('[data-live]')?.dataset.live
  // What happened between the drawing of the page and the opening of the stream is drawn once it is open.
  if (channel)
    stream({ onEntry: entry => entry.channel === channel && reloadSoon(), onState: isConnected => isConnected && reloadSoon() })
}
