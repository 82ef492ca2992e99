/** A window whose parent records what a frame says and can answer it. */
export interface FakeHost {
  readonly page: Window
  /** Messages as they were posted, key replaced by `K` and sid by `S`. */
  readonly said: string[]
  /** Answers the latest message. */
  answer: (value?: unknown) => void
  /** Puts any message on the page's window. */
  emit: (message: { data: unknown, origin?: string, source?: unknown }) => void
}

export const HOST_ORIGIN = 'https://portal.example'

export function fakeHost(name = 'portal.example|1|sid0'): FakeHost {
  const listeners = new Set<(event: unknown) => void>()
  const said: string[] = []
  let lastKey = ''
  const parent = {
    postMessage(message: string) {
      const parts = message.split(':')
      lastKey = parts.at(-2) ?? ''
      said.push([...parts.slice(0, -2), 'K', 'S'].join(':'))
    },
  }
  const emit: FakeHost['emit'] = ({ data, origin = HOST_ORIGIN, source = parent }) => {
    for (const listen of listeners)
      listen({ data, origin, source })
  }
  const page = {
    name,
    parent,
    addEventListener: (_: string, listen: (event: unknown) => void) => listeners.add(listen),
    removeEventListener: (_: string, listen: (event: unknown) => void) => listeners.delete(listen),
    setTimeout,
    clearTimeout,
  } as unknown as Window
  return {
    page,
    said,
    emit,
    answer: (value) => {
      emit({ data: value === undefined ? lastKey : `${lastKey}:${JSON.stringify(value)}` })
    },
  }
}
