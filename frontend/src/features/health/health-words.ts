import type { DeadLetter, Health } from '@comptoir/shared/health/health.contract'
import { formatNumber } from '../../platform/format/format.ts'
import { hasText, t } from '../../platform/i18n/i18n.ts'

/** What the work of a queue, `feature.work`, is for; a queue without words of its own keeps its name. */
export function queueText(queue: string): string {
  const key = `health.queues.names.${queue.split('.')[0]}`
  return hasText(key) ? t(key) : queue
}

export function reasonText({ errorCode }: Pick<DeadLetter, 'errorCode'>): string {
  const key = `errors.${errorCode}`
  return t(hasText(key) ? key : 'health.deadLetters.unknown')
}

const kilobyte = 1024
const units = ['kilobytes', 'megabytes', 'gigabytes'] as const

export function sizeText(bytes: number): string {
  const step = Math.min(units.length, Math.max(1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(kilobyte))))
  const size = bytes / kilobyte ** step
  return t(`health.sizes.${units[step - 1] ?? 'kilobytes'}`, { size: formatNumber(size, { digits: size < 10 ? 1 : 0 }) })
}

const lagUnits = [['days', 172_800, 86_400], ['hours', 5_400, 3_600], ['minutes', 90, 60], ['seconds', 0, 1]] as const

/** Seconds as people say them; null before the first reading. */
export function lagText(seconds: number | null): string | null {
  const unit = lagUnits.find(([, from]) => seconds !== null && seconds >= from)
  return unit && seconds !== null ? t(`health.lag.${unit[0]}`, { count: Math.round(seconds / unit[2]) }) : null
}

/** How much may still be asked of the portal at once. */
export const freeShare = ({ limiter }: Health): number => Math.max(0, 1 - limiter.level / limiter.capacity)
