import type { PaymentTerm } from './payment-terms.ts'

export type TermReading =
  | { readonly ok: true, readonly term: PaymentTerm }
  | { readonly ok: false, readonly reason: 'empty' | 'unreadable' | 'too_long' | 'month_day' }

const daysAtMost = 365

const plain = (text: string): string => text
  .normalize('NFKD')
  .replace(/\p{M}/gu, '')
  .toLowerCase()
  .replace(/[\s\u00a0\u202f.,;:+]+/gu, ' ')
  .trim()

const monthEnd = '(?:fin (?:de |du )?mois|f ?d ?m|end of (?:the )?month|e ?o ?m)'
const days = '(?:jours?|jrs?|j|days?|d)'
const filler = '(?: ?(?:nets?|calendaires?|date (?:de )?(?:la )?facture|de facture|apres facturation))*'
const onDay = '(?: (?:le|the) (\\d{1,2})(?:er|st|nd|rd|th)?)?'

const atOnce = /^(?:(?:au )?comptant|a (?:la )?(?:reception|commande|livraison)(?: de (?:la )?facture)?|immediat|due on receipt|on receipt|cash)$/
const net = new RegExp(`^(?:(?:paiement )?a |net )?(\\d{1,3}) ?${days}?${filler}${onDay}$`)
const daysFirst = new RegExp(`^(?:(?:paiement )?a |net )?(\\d{1,3}) ?${days}?${filler} ${monthEnd}${onDay}$`)
const monthFirst = new RegExp(`^(?:(?:paiement )?a )?${monthEnd}(?: (\\d{1,3}) ?${days}${filler})?${onDay}$`)

/** « 45 jours fin de mois le 10 », « net 30 », « fin de mois + 45 jours », « à réception »: what people write on orders. */
export function readTerm(text: string): TermReading {
  const written = plain(text.slice(0, 200))
  if (written === '')
    return { ok: false, reason: 'empty' }
  if (atOnce.test(written))
    return { ok: true, term: { kind: 'net', days: 0, monthDay: null } }
  const first = monthFirst.exec(written)
  if (first)
    return first[1] === undefined ? made('days_then_month_end', '0', first[2]) : made('month_end_then_days', first[1], first[2])
  const then = daysFirst.exec(written)
  if (then)
    return made('days_then_month_end', then[1], then[2])
  const plainDays = net.exec(written)
  return plainDays ? made('net', plainDays[1], plainDays[2]) : { ok: false, reason: 'unreadable' }
}

function made(kind: PaymentTerm['kind'], count: string | undefined, monthDay: string | undefined): TermReading {
  if (Number(count) > daysAtMost)
    return { ok: false, reason: 'too_long' }
  if (monthDay !== undefined && (Number(monthDay) < 1 || Number(monthDay) > 31))
    return { ok: false, reason: 'month_day' }
  return { ok: true, term: { kind, days: Number(count), monthDay: monthDay === undefined ? null : Number(monthDay) } }
}
