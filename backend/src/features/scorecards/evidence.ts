import type { Book } from '@comptoir/shared/scorecards/book'
import { judgedRequirements } from '@comptoir/shared/scorecards/compliance'
import { dueLines, requestedLines, type DueLine } from '@comptoir/shared/scorecards/delivery'
import { checkedInvoices } from '@comptoir/shared/scorecards/invoice-accuracy'
import type { MeasureId } from '@comptoir/shared/scorecards/measure'
import { pricedLines } from '@comptoir/shared/scorecards/price'
import { inspectedReceipts } from '@comptoir/shared/scorecards/quality'
import { judgedRequests } from '@comptoir/shared/scorecards/responsiveness'
import { daysBetween } from '@comptoir/shared/insights/calendar'
import type { EvidenceRow } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { SupplierInput } from '@comptoir/shared/scorecards/scorecard-input.schema'

/** A document as the application stores it has a name and, but for requirements, an id. */
type Named = Partial<Record<'id' | 'label', unknown>>

const blank = { on: null, quantity: null, part: null, amount: null, paid: null, reference: null, referenceSource: null }
const text = (value: unknown): string => typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const named = (document: Named): { id: string, label: string } => ({ id: text(document.id), label: text(document.label) })

/** The documents behind a measure, the worst first. @throws RateMissing for prices */
export function evidenceOf(book: Book, supplier: SupplierInput, measure: MeasureId): EvidenceRow[] {
  const rows = rowsOf(book, supplier, measure)
  return rows.toSorted((a, b) => Number(a.isGood) - Number(b.isGood) || (b.on ?? '').localeCompare(a.on ?? ''))
}

function rowsOf(book: Book, supplier: SupplierInput, measure: MeasureId): EvidenceRow[] {
  switch (measure) {
    case 'otd':
    case 'otif':
    case 'meanDaysLate': return dueLines(book, supplier.id).map(lineRow)
    case 'otifRequested': return requestedLines(book, supplier.id).map(lineRow)
    case 'promiseDrift': return dueLines(book, supplier.id).map(driftRow)
    case 'ppm': return inspectedReceipts(book, supplier.id).map(receipt => ({
      ...blank, ...named(receipt as Named), on: receipt.on, quantity: receipt.quantity, part: receipt.rejected ?? 0,
      outcome: (receipt.rejected ?? 0) > 0 ? 'rejected' : 'accepted', isGood: (receipt.rejected ?? 0) === 0,
    }))
    case 'ppv': return priceRows(book, supplier)
    case 'invoiceAccuracy': return checkedInvoices(book, supplier.id).map(({ invoice, isAccurate, reason }) =>
      ({ ...blank, ...named(invoice), on: invoice.on, outcome: reason ?? 'accurate', isGood: isAccurate }))
    case 'responsiveness': return judgedRequests(book, supplier).map(({ request, hours, isInTime }) => ({
      ...blank, ...named(request as Named), on: request.sent.slice(0, 10), amount: hours, isGood: isInTime,
      outcome: isInTime ? 'in_time' : hours === null ? 'unanswered' : 'too_late',
    }))
    case 'compliance': return judgedRequirements(supplier, book.asOf).map(({ requirement, state }) => ({
      ...blank, id: requirement.type, label: requirement.type, part: requirement.weight ?? 1, outcome: state, isGood: state === 'valid',
    }))
  }
}

function lineRow({ line, dueOn, isInFull, deliveredQuantity, lateDays }: DueLine): EvidenceRow {
  const outcome = isInFull ? 'on_time' : deliveredQuantity >= line.quantity ? 'late' : deliveredQuantity > 0 ? 'partial' : 'undelivered'
  return {
    ...blank, id: text(line.line), label: named(line as Named).label, on: dueOn, outcome, isGood: isInFull,
    quantity: line.quantity, part: deliveredQuantity, amount: lateDays / line.quantity,
  }
}

function driftRow({ line, dueOn, lastPromise }: DueLine): EvidenceRow {
  const days = lastPromise === null ? 0 : daysBetween(dueOn, lastPromise)
  return {
    ...blank, id: text(line.line), label: named(line as Named).label, on: dueOn, quantity: line.quantity, amount: days,
    outcome: days > 0 ? 'moved' : 'kept', isGood: days <= 0,
  }
}

const priceRows = (book: Book, supplier: SupplierInput): EvidenceRow[] => pricedLines(book, supplier.id).map(({ line, paid, reference }) => ({
  ...blank, id: text(line.line), label: named(line as Named).label, on: line.ordered, quantity: line.quantity,
  paid, reference: reference.price, referenceSource: reference.source,
  outcome: paid > reference.price ? 'dearer' : paid < reference.price ? 'cheaper' : 'same', isGood: paid <= reference.price,
}))
