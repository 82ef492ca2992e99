import type { LimitSettings } from './core/limiter.ts'
import type { Portal, PortalSettings } from './state.ts'
import { randomBytes } from 'node:crypto'
import { createClock } from './core/clock.ts'
import { createFaults } from './core/faults.ts'
import { createJournal } from './core/journal.ts'
import { createLimiter } from './core/limiter.ts'
import { createCrmStore } from './crm/create-store.ts'
import { createQueue } from './events/queue.ts'
import { createBiState } from './state.bi.ts'
import { createBizprocState } from './state.bizproc.ts'

export const defaultSettings: PortalSettings = {
  title: 'Portail de démonstration',
  isStrict: false,
  isLegacy: false,
  tokenLifetimeSeconds: 3600,
  defaultLanguage: 'fr',
  timeZone: 'Europe/Paris',
  license: 'fr_pro100',
  licenseType: 'pro100',
  licenseFamily: 'pro',
  features: { rest_offline_extended: true, rest_auth_connector: true },
  renamedFrom: null,
}

export interface PortalOptions {
  memberId?: string
  settings?: Partial<PortalSettings>
  limits?: Partial<LimitSettings>
}

/** What a portal was made with: a reset goes back to it. */
const initial = new WeakMap<Portal, { settings: PortalSettings, limits: LimitSettings }>()

export function createPortal({ memberId = randomBytes(16).toString('hex'), settings, limits }: PortalOptions = {}): Portal {
  const clock = createClock()
  const journal = createJournal(clock.now)
  const sequences = new Map<string, number>()
  const stops: (() => void | Promise<void>)[] = []

  const portal: Portal = {
    memberId,
    origin: 'http://localhost',
    settings: structuredClone({ ...defaultSettings, ...settings }),
    clock,
    journal,
    faults: createFaults(),
    limiter: createLimiter(clock.now, limits),
    queue: createQueue(journal),
    crm: createCrmStore(clock.now),
    users: new Map(),
    departments: new Map(),
    apps: new Map(),
    tokens: new Map(),
    codes: new Map(),
    webhooks: new Map(),
    placements: [],
    eventBindings: [],
    offlineEvents: [],
    bizproc: createBizprocState(),
    bi: createBiState(),
    notifications: [],
    tasks: new Map(),
    timeline: [],
    nextId(sequence) {
      const id = (sequences.get(sequence) ?? 0) + 1
      sequences.set(sequence, id)
      return id
    },
    onClose: stop => stops.push(stop),
    async close() {
      this.queue.close()
      clock.dispose()
      for (const stop of stops.splice(0).reverse())
        await stop()
    },
  }
  initial.set(portal, structuredClone({ settings: portal.settings, limits: portal.limiter.settings }))
  return portal
}

/** Back to an empty portal on the same address: no apps, no tokens, no logs, no faults, first settings, real time. */
export function resetPortal(portal: Portal): void {
  const { apps, tokens, codes, webhooks, tasks, notifications, timeline, offlineEvents, bizproc, bi } = portal
  for (const kept of [apps, tokens, codes, webhooks, tasks, notifications, timeline, offlineEvents, ...Object.values(bizproc), ...Object.values(bi)]) {
    if (kept instanceof Map)
      kept.clear()
    else if (Array.isArray(kept))
      kept.length = 0
  }
  if (portal.settings.renamedFrom !== null)
    portal.origin = `${new URL(portal.origin).protocol}//${portal.settings.renamedFrom}`
  portal.placements = []
  portal.eventBindings = []
  portal.faults.clear()
  Object.assign(portal.settings, initial.get(portal)?.settings)
  Object.assign(portal.limiter.settings, initial.get(portal)?.limits)
  portal.limiter.reset()
  portal.clock.reset()
  portal.journal.clear()
}
