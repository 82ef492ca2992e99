import type { Journal } from '../core/journal.ts'
import { stringify } from 'qs'

export interface Delivery {
  kind: 'event' | 'robot' | 'lifecycle'
  /** What the log calls it: event name or robot code. */
  name: string
  clientId: string
  url: string
  body: Record<string, unknown>
  /** Held back this long on the wire. */
  delayMs?: number
  onAnswered?: (status: number | null) => void
}

/** Sends what the portal has to tell to handlers: in the background, each thing at most once. */
export interface DeliveryQueue {
  post(delivery: Delivery): void
  /** Resolves when nothing waits and nothing is on its way. */
  idle(): Promise<void>
  /** Deliveries lost on purpose: the next `count` are never sent. */
  lose(count: number): void
  /** The next `count` arrive twice. */
  duplicate(count: number): void
  close(): void
}

const concurrency = 16
const timeoutMs = 30_000

export function createQueue(journal: Journal): DeliveryQueue {
  const waiting: Delivery[] = []
  const idlers: (() => void)[] = []
  const abort = new AbortController()
  let running = 0
  let toLose = 0
  let toDuplicate = 0

  async function send({ kind, name, clientId, url, body, delayMs = 0, onAnswered }: Delivery): Promise<void> {
    if (delayMs > 0)
      await new Promise(resolve => setTimeout(resolve, delayMs).unref())
    const startedAt = performance.now()
    let status: number | null = null
    let failure: string | null = null
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 Webhook Engine' },
        body: stringify(body, { encodeValuesOnly: false }),
        redirect: 'manual',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
      })
      status = answer.status
      await answer.arrayBuffer()
    }
    catch (error) {
      failure = error instanceof Error ? String(error.cause ?? error.message) : String(error)
    }
    if (abort.signal.aborted)
      return
    journal.write('delivery', { kind, name, clientId, url, body, status, failure, ms: Math.round(performance.now() - startedAt) })
    onAnswered?.(status)
  }

  function pump(): void {
    while (running < concurrency && waiting.length > 0) {
      const next = waiting.shift()!
      running++
      void send(next).finally(() => {
        running--
        pump()
      })
    }
    if (running === 0 && waiting.length === 0)
      idlers.splice(0).forEach(resolve => resolve())
  }

  return {
    post(delivery) {
      if (toLose > 0) {
        toLose--
        journal.write('delivery', { ...delivery, status: null, failure: 'lost on purpose', ms: 0 })
        return
      }
      waiting.push(delivery)
      if (toDuplicate > 0) {
        toDuplicate--
        waiting.push(delivery)
      }
      setImmediate(pump)
    },
    idle: () => running === 0 && waiting.length === 0 ? Promise.resolve() : new Promise(resolve => idlers.push(resolve)),
    lose: (count) => { toLose += count },
    duplicate: (count) => { toDuplicate += count },
    close() {
      waiting.length = 0
      abort.abort()
    },
  }
}
