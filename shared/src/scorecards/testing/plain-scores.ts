/* eslint-disable max-depth -- Straight down on purpose: what is nested in the definition is nested here. */
/*
 * The scorecard a second time, written straight down from its definition and sharing no code with the first:
 * one function, loops, days as numbers. Two ways to the same figure seldom share a fault.
 */
import type { ScorecardInput } from '../scorecard-input.schema.ts'

type Figures = Record<string, number | null>
interface Plain { score: number | null, coverage: number, standing: string, contributions: Figures, raw: Figures, shrunk: Figures, values: Figures, counts: Record<string, number>, vetoes: number }

const day = (text: string): number => Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10)) / 864e5
const curves: Record<string, number[][]> = {
  otif: [[70, 0], [85, 60], [95, 90], [100, 100]], ppm: [[0, 100], [500, 95], [5000, 60], [20000, 0]], ppv: [[-5, 100], [0, 80], [8, 0]],
}
const weights: Record<string, number> = { delivery: 30, quality: 25, price: 20, service: 10, compliance: 15 }

function points(name: string, x: number): number {
  const c = curves[name]
  if (!c)
    return x
  for (let i = 1; i < c.length; i++) {
    const [x0, y0] = c[i - 1] as [number, number]
    const [x1, y1] = c[i] as [number, number]
    if (x <= x0)
      return y0
    if (x <= x1)
      return y0 * (x1 - x) / (x1 - x0) + y1 * (x - x0) / (x1 - x0)
  }
  return c[c.length - 1]![1]!
}

function rateAt(d: ScorecardInput, currency: string | null | undefined, on: string): number {
  if (!currency || currency === (d.currency ?? 'EUR'))
    return 1
  let best: [string, number] | null = null
  for (const entry of d.rates?.[currency] ?? [])
    if (entry[0] <= on && (!best || entry[0] >= best[0]))
      best = entry as [string, number]
  if (!best)
    throw new Error('rate')
  return best[1]
}

/** Quarter by quarter of an hour, as the documents of the tests are dated. */
export function plainBusinessHours(from: string, to: string): number {
  const end = Date.parse(`${to}Z`)
  let quarters = 0
  for (let at = Date.parse(`${from}Z`); at < end; at += 9e5) {
    const hour = (at / 36e5) % 24
    const weekday = (Math.floor(at / 864e5) + 4) % 7
    if (weekday >= 1 && weekday <= 5 && hour >= 9 && hour < 18)
      quarters++
  }
  return quarters / 4
}

export function plainScores(d: ScorecardInput): Map<string | number, Plain> {
  const result = new Map<string | number, Plain>()
  const asOf = day(d.asOf)
  const tooEarly = (on: string): boolean => !!d.from && on < d.from
  const net = (line: unknown, supplier: unknown, inPeriod: boolean): { q: number, a: (on: string) => number } => {
    let q = 0
    const parts: [number, string | null | undefined][] = []
    for (const invoice of d.invoices) {
      if (day(invoice.on) > asOf || invoice.supplier !== supplier || (inPeriod && tooEarly(invoice.on)))
        continue
      for (const l of invoice.lines) {
        if (l.line !== line)
          continue
        q += invoice.credit ? -l.quantity : l.quantity
        parts.push([invoice.credit ? -l.amount : l.amount, invoice.currency])
      }
    }
    return { q, a: on => parts.reduce((s, [amount, currency]) => s + amount * rateAt(d, currency, on), 0) }
  }
  for (const s of d.suppliers) {
    let due = 0, full = 0, dueQ = 0, onTimeQ = 0, lateDays = 0, drift = 0, reqDue = 0, reqFull = 0
    let excess = 0, base = 0, priced = 0, received = 0, rejected = 0, receipts = 0
    for (const o of d.orders) {
      if (o.supplier !== s.id)
        continue
      const arrived = d.receipts.filter(r => r.line === o.line && day(r.on) <= asOf)
      for (const r of arrived) {
        if (tooEarly(r.on))
          continue
        receipts++
        received += r.quantity
        rejected += r.rejected ?? 0
      }
      if (o.cancelled || o.quantity <= 0)
        continue
      if (o.promised && day(o.promised) <= asOf && !tooEarly(o.promised)) {
        const p = day(o.promised)
        due++
        dueQ += o.quantity
        const inTime = arrived.filter(r => day(r.on) <= p).reduce((sum, r) => sum + r.quantity, 0)
        onTimeQ += Math.min(o.quantity, inTime)
        full += inTime >= o.quantity ? 1 : 0
        // Piece by piece in the order of arrival: each of the ordered quantity has the day it came, or none.
        let filled = 0
        for (const on of [...new Set(arrived.map(r => day(r.on)))].sort((a, b) => a - b)) {
          const upTo = Math.min(o.quantity, arrived.filter(r => day(r.on) <= on).reduce((sum, r) => sum + r.quantity, 0))
          if (on > p)
            lateDays += (upTo - filled) * (on - p)
          filled = upTo
        }
        lateDays += (o.quantity - filled) * (asOf - p)
        drift += o.promises?.length ? day(o.promises[o.promises.length - 1]!) - p : 0
      }
      if (o.requested && day(o.requested) <= asOf && !tooEarly(o.requested)) {
        reqDue++
        reqFull += arrived.filter(r => r.on <= o.requested!).reduce((sum, r) => sum + r.quantity, 0) >= o.quantity ? 1 : 0
      }
      const billed = net(o.line, s.id, true)
      if (billed.q > 0) {
        let b: number | null = null
        let since = ''
        for (const c of d.contracts ?? []) {
          if (c.supplier === s.id && c.item === o.item && (c.from ?? '') <= o.ordered && o.ordered <= (c.to ?? '9') && (c.from ?? '') >= since) {
            since = c.from ?? ''
            b = c.price * rateAt(d, c.currency, o.ordered)
          }
        }
        if (b === null) {
          let latest = ''
          for (const e of d.orders) {
            if (e.supplier === s.id && e.item === o.item && e.ordered < o.ordered && e.ordered >= latest && e.quantity > 0 && !e.cancelled && e.price !== null) {
              latest = e.ordered
              b = e.price * rateAt(d, e.currency, o.ordered)
            }
          }
        }
        if (b === null) {
          let q = 0, amount = 0
          const yearBefore = `${+o.ordered.slice(0, 4) - 1}${o.ordered.slice(4)}`
          for (const e of d.orders) {
            if (e.item !== o.item || e.ordered >= o.ordered || e.ordered < yearBefore || e.quantity <= 0 || e.cancelled)
              continue
            const other = net(e.line, e.supplier, false)
            if (other.q > 0) {
              q += other.q
              amount += other.a(o.ordered)
            }
          }
          b = q > 0 ? amount / q : null
        }
        if (b !== null) {
          priced++
          excess += (billed.a(o.ordered) / billed.q - b) * o.quantity
          base += b * o.quantity
        }
      }
    }
    let invoices = 0, accurate = 0
    for (const invoice of d.invoices) {
      if (invoice.supplier !== s.id || invoice.credit || day(invoice.on) > asOf || tooEarly(invoice.on))
        continue
      invoices++
      accurate += invoice.lines.every((l) => {
        const o = d.orders.find(order => order.line === l.line && order.supplier === s.id)
        if (!o)
          return false
        const wanted = o.price! * l.quantity * rateAt(d, o.currency, o.ordered)
        return Math.abs(l.amount * rateAt(d, invoice.currency, o.ordered) - wanted) <= Math.max(0.02 * wanted, 5)
      }) ? 1 : 0
    }
    let asked = 0, inTime = 0
    const end = new Date((asOf + 1) * 864e5).toISOString().slice(0, 16)
    for (const r of s.requests ?? []) {
      if (day(r.sent) > asOf || tooEarly(r.sent.slice(0, 10)))
        continue
      const sla = r.slaHours ?? 16
      if (r.answered && r.answered < end) {
        asked++
        inTime += plainBusinessHours(r.sent, r.answered) <= sla ? 1 : 0
      }
      else if (plainBusinessHours(r.sent, end) >= sla) {
        asked++
      }
    }
    let asks = 0, met = 0, vetoes = s.fraudAlert ? 1 : 0
    for (const r of s.requirements ?? []) {
      asks += r.weight ?? 1
      const good = (r.documents ?? []).some(x => x.verified && (!x.from || day(x.from) <= asOf) && (!x.to || day(x.to) >= asOf))
      met += good ? r.weight ?? 1 : 0
      vetoes += r.mandatory && !good && (r.documents ?? []).some(x => x.to && day(x.to) < asOf) ? 1 : 0
    }
    const over = (a: number, b: number, per: number): number | null => b > 0 ? a / b * per : null
    const values: Figures = {
      otd: over(onTimeQ, dueQ, 100), otif: over(full, due, 100), otifRequested: over(reqFull, reqDue, 100), meanDaysLate: over(lateDays, dueQ, 1),
      promiseDrift: over(drift, due, 1), ppm: over(rejected, received, 1e6), ppv: over(excess, base, 100), invoiceAccuracy: over(accurate, invoices, 100),
      responsiveness: over(inTime, asked, 100), compliance: over(met, asks, 100),
    }
    const counts = { otd: due, otif: due, otifRequested: reqDue, meanDaysLate: due, promiseDrift: due, ppm: receipts, ppv: priced, invoiceAccuracy: invoices, responsiveness: asked, compliance: s.requirements?.length ?? 0 }
    const of = (name: string): number | null => values[name] === null ? null : points(name, values[name]!)
    const services = [of('responsiveness'), of('invoiceAccuracy')].filter(x => x !== null)
    result.set(s.id, {
      values, counts, vetoes, score: null, coverage: 0, standing: 'N/A', contributions: {}, shrunk: {},
      raw: { delivery: of('otif'), quality: of('ppm'), price: of('ppv'), service: services.length ? services.reduce((a, b) => a + b, 0) / services.length : null, compliance: of('compliance') },
    })
  }
  for (const s of d.suppliers)
    finish(d, s, result)
  return result
}

function finish(d: ScorecardInput, s: ScorecardInput['suppliers'][number], all: Map<string | number, Plain>): void {
  const own = all.get(s.id)!
  const n: Record<string, number> = { delivery: own.counts.otif!, quality: own.counts.ppm!, price: own.counts.ppv!, service: own.counts.responsiveness! + own.counts.invoiceAccuracy! }
  let weight = 0, sum = 0, explained = 0
  for (const c of Object.keys(weights)) {
    const raw = own.raw[c]
    if (raw === null || raw === undefined)
      continue
    const peers = d.suppliers.filter(p => (p.category ?? null) === (s.category ?? null)).map(p => all.get(p.id)!.raw[c]).filter(x => x !== null) as number[]
    peers.sort((a, b) => a - b)
    const m = (peers[(peers.length - 1) >> 1]! + peers[peers.length >> 1]!) / 2
    const shrunk = c === 'compliance' ? raw : (n[c]! * raw + 5 * m) / (n[c]! + 5)
    own.shrunk[c] = shrunk
    weight += weights[c]!
    sum += weights[c]! * shrunk
    explained += 1
  }
  own.coverage = weight
  if (weight < 50 || explained === 0)
    return
  const score = own.score = sum / weight
  for (const c of Object.keys(own.shrunk))
    own.contributions[c] = weights[c]! * (own.shrunk[c]! - 80) / weight
  const names = ['Critique', 'À surveiller', 'Satisfaisant', 'Excellent']
  const former = s.previous && s.previous !== 'N/A' ? names.indexOf(s.previous) : null
  let band = 0
  for (const [i, bound] of [40, 60, 80].entries())
    band += score >= (former === null ? bound : former > i ? bound - 2 : bound + 2) ? 1 : 0
  own.standing = names[own.vetoes ? Math.min(1, band) : band]!
}
