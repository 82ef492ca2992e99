import { addDays } from '../insights/calendar.ts'
import type { Book } from './book.ts'
import { businessHoursBetween, wallTime } from './business-hours.ts'
import { reaches, type Measure } from './measure.ts'
import { median } from './median.ts'
import { proportion } from './proportion.ts'
import type { SupplierInput, VendorRequest } from './scorecard-input.schema.ts'

export interface JudgedRequest {
  readonly request: VendorRequest
  /** Business hours until the answer; null while there is none. */
  readonly hours: number | null
  readonly isInTime: boolean
}

/** Requests of the period that can be judged by the end of the as-of day: answered, or their time has run out. */
export function judgedRequests(book: Book, supplier: SupplierInput): JudgedRequest[] {
  const { businessHours, slaHours } = book.settings
  const now = wallTime(addDays(book.asOf, 1))
  return (supplier.requests ?? []).filter(({ sent }) => book.isInPeriod(sent.slice(0, 10))).flatMap((request): JudgedRequest[] => {
    const sent = wallTime(request.sent)
    const sla = request.slaHours ?? slaHours
    const answered = request.answered ? wallTime(request.answered) : null
    if (answered !== null && answered < now) {
      const hours = businessHoursBetween(sent, answered, businessHours)
      return [{ request, hours, isInTime: reaches(sla, hours) }]
    }
    return reaches(businessHoursBetween(sent, now, businessHours), sla) ? [{ request, hours: null, isInTime: false }] : []
  })
}

export const responsiveness = (requests: readonly JudgedRequest[]): Measure =>
  proportion({ part: requests.filter(({ isInTime }) => isInTime).length, whole: requests.length, n: requests.length })

export const medianAnswerHours = (requests: readonly JudgedRequest[]): number | null =>
  median(requests.flatMap(({ hours }) => hours === null ? [] : [hours]))
