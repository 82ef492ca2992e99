import type { FrameFaultKind, RestFaultKind } from '../core/faults.ts'
import type { LimitSettings } from '../core/limiter.ts'
import type { PortalModule } from '../module.ts'
import type { PortalSettings } from '../state.ts'
import { expireTokens } from '../apps/tokens.ts'
import { frameFaultKinds, restFaultKinds } from '../core/faults.ts'
import { ControlError } from './error.ts'

interface FaultBody {
  rest?: { kind: RestFaultKind, methods?: string[], count?: number, delayMs?: number }[]
  frame?: Partial<Record<FrameFaultKind, boolean>>
}

interface ClockBody {
  jumpSeconds?: number
  jumpMs?: number
  isReset?: boolean
}

export function behaviourRoutes({ app, portal }: PortalModule): void {
  const { faults, limiter, clock, queue, settings } = portal
  const shownFaults = () => ({ rest: faults.rest, frame: faults.frame })

  app.get('/control/faults', shownFaults)
  app.post<{ Body: FaultBody }>('/control/faults', ({ body }) => {
    for (const fault of body.rest ?? []) {
      if (!restFaultKinds.includes(fault.kind))
        throw new ControlError(`unknown fault ${fault.kind}: ${restFaultKinds.join(', ')}`)
      faults.add(fault)
    }
    for (const [kind, isOn] of Object.entries(body.frame ?? {})) {
      if (!frameFaultKinds.includes(kind as FrameFaultKind))
        throw new ControlError(`unknown fault ${kind}: ${frameFaultKinds.join(', ')}`)
      faults.frame[kind as FrameFaultKind] = isOn
    }
    return shownFaults()
  })
  app.delete('/control/faults', () => {
    faults.clear()
    return shownFaults()
  })

  app.post<{ Body: ClockBody }>('/control/clock', ({ body }) => {
    if (body.isReset)
      clock.reset()
    clock.jump((body.jumpMs ?? 0) + (body.jumpSeconds ?? 0) * 1000)
    return { now: new Date(clock.now()).toISOString() }
  })

  app.post<{ Body: Partial<LimitSettings> }>('/control/limits', ({ body }) => {
    Object.assign(limiter.settings, body)
    limiter.reset()
    return limiter.settings
  })

  app.post<{ Body: Partial<PortalSettings> }>('/control/settings', ({ body }) => {
    const unknown = Object.keys(body).filter(name => !(name in settings))
    if (unknown.length > 0)
      throw new ControlError(`unknown settings: ${unknown.join(', ')}`)
    return Object.assign(settings, body)
  })

  app.post('/control/tokens/expire', () => {
    expireTokens(portal)
    return { isExpired: true }
  })

  app.post<{ Body: { lose?: number, duplicate?: number } }>('/control/queue', ({ body }) => {
    queue.lose(body.lose ?? 0)
    queue.duplicate(body.duplicate ?? 0)
    return body
  })
  app.get('/control/queue/idle', async () => {
    await queue.idle()
    return { isIdle: true }
  })

  // From now on the portal calls itself by another name; the old one answers 302.
  app.post<{ Body: { host: string } }>('/control/rename', ({ body }) => {
    if (!body?.host)
      throw new ControlError('host is needed, such as 127.0.0.1:4300')
    settings.renamedFrom = new URL(portal.origin).host
    portal.origin = `${new URL(portal.origin).protocol}//${body.host}`
    return { origin: portal.origin, renamedFrom: settings.renamedFrom }
  })
}
