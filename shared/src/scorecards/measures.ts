import type { Book } from './book.ts'
import { compliance, judgedRequirements, type JudgedRequirement } from './compliance.ts'
import { dueLines, meanDaysLate, notPromised, onTimeDelivery, onTimeInFull, promiseDrift, requestedLines } from './delivery.ts'
import { RateMissing } from './exchange.ts'
import { checkedInvoices, invoiceAccuracy } from './invoice-accuracy.ts'
import type { Measure, MeasureId } from './measure.ts'
import { pricedLines, priceVariance } from './price.ts'
import { defectRate, inspectedReceipts } from './quality.ts'
import { judgedRequests, medianAnswerHours, responsiveness } from './responsiveness.ts'
import type { SupplierInput } from './scorecard-input.schema.ts'

export interface MissingRate {
  readonly measure: MeasureId
  readonly currency: string
  readonly day: string
}

export interface SupplierMeasures {
  readonly measures: Readonly<Record<MeasureId, Measure>>
  readonly requirements: readonly JudgedRequirement[]
  readonly dueLineCount: number
  readonly notPromisedCount: number
  readonly medianAnswerHours: number | null
  /** Figures that are unknown because an exchange rate is. */
  readonly missingRates: readonly MissingRate[]
}

export function measureSupplier(book: Book, supplier: SupplierInput): SupplierMeasures {
  const due = dueLines(book, supplier.id)
  const requests = judgedRequests(book, supplier)
  const requirements = judgedRequirements(supplier, book.asOf)
  const price = unlessRateIsMissing('ppv', () => priceVariance(pricedLines(book, supplier.id)))
  const invoices = unlessRateIsMissing('invoiceAccuracy', () => invoiceAccuracy(checkedInvoices(book, supplier.id)))
  return {
    measures: {
      otd: onTimeDelivery(due),
      otif: onTimeInFull(due),
      otifRequested: onTimeInFull(requestedLines(book, supplier.id)),
      meanDaysLate: meanDaysLate(due),
      promiseDrift: promiseDrift(due),
      ppm: defectRate(inspectedReceipts(book, supplier.id)),
      ppv: price.measure,
      invoiceAccuracy: invoices.measure,
      responsiveness: responsiveness(requests),
      compliance: compliance(requirements),
    },
    requirements,
    dueLineCount: due.length,
    notPromisedCount: notPromised(book, supplier.id).length,
    medianAnswerHours: medianAnswerHours(requests),
    missingRates: [...price.missing, ...invoices.missing],
  }
}

function unlessRateIsMissing(measure: MeasureId, measured: () => Measure): { measure: Measure, missing: MissingRate[] } {
  try {
    return { measure: measured(), missing: [] }
  }
  catch (error) {
    if (!(error instanceof RateMissing))
      throw error
    return { measure: { value: null, n: 0 }, missing: [{ measure, currency: error.currency, day: error.day }] }
  }
}
