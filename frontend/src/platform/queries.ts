import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import type { App } from 'vue'

/** Numbers of this age are shown while fresh ones are fetched behind them. */
const STALE_AFTER_MS = 30_000

export function installQueries(app: App): void {
  app.use(createPinia())
  // A frame gains focus on every click from the host: refetching each time would only cost.
  app.use(PiniaColada, { queryOptions: { staleTime: STALE_AFTER_MS, refetchOnWindowFocus: false } })
}
