import { maskIban } from '@comptoir/shared/access/masks'
import type { AgeingBucket, AgeingLine } from '@comptoir/shared/payments/ageing'
import type { Guard } from '@comptoir/shared/payments/payment-guards'
import type { RunStatus } from '@comptoir/shared/payments/payment-run'
import type { PaymentTerm } from '@comptoir/shared/payments/payment-terms'
import type { Payable, PayableStatus } from '@comptoir/shared/payments/payments.contract'
import { formatMoney } from '../../platform/format/format.ts'
import { t } from '../../platform/i18n/i18n.ts'
import type { StatusTone } from '../../ui/StatusBadge.vue'

export const payableTones: Readonly<Record<PayableStatus, StatusTone>> = {
  open: 'neutral', in_run: 'info', sent: 'info', paid: 'success', cancelled: 'neutral',
}

export const runTones: Readonly<Record<RunStatus, StatusTone>> = {
  draft: 'warning', approved: 'info', exported: 'info', partly_confirmed: 'info', confirmed: 'success', cancelled: 'neutral',
}

export const guardText = ({ code, twin }: Guard): string => t(`payments.guards.${code}`, { twin: twin ?? '' })

export const moneyOf = ({ amountMinor, currency }: Pick<Payable, 'amountMinor' | 'currency'>): string => formatMoney({ minor: amountMinor, currency })

const sumOf = (lines: readonly AgeingLine[], isCounted: (bucket: AgeingBucket) => boolean): number =>
  lines.filter(({ bucket }) => isCounted(bucket)).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
export const overdueOf = (lines: readonly AgeingLine[]): number => sumOf(lines, bucket => bucket !== 'not_due' && bucket !== 'credits')
export const notDueOf = (lines: readonly AgeingLine[]): number => sumOf(lines, bucket => bucket === 'not_due')
export const creditsOf = (lines: readonly AgeingLine[]): number => sumOf(lines, bucket => bucket === 'credits')
export const totalOf = (lines: readonly AgeingLine[]): number => sumOf(lines, () => true)
export const unpricedOf = (lines: readonly AgeingLine[]): number => lines.reduce((sum, { unpricedCount }) => sum + unpricedCount, 0)

export const bucketName = (bucket: AgeingBucket): string => t(`payments.ageing.buckets.${bucket}`)

export function termText({ kind, days, monthDay }: PaymentTerm): string {
  const base = t(`payments.vendor.kinds.${kind}`, { days })
  return monthDay === null ? base : `${base}, ${t('payments.vendor.onDay', { day: monthDay })}`
}

/** In groups of four, as on paper; what is masked stays as it is. */
export const writtenIban = (iban: string): string => iban.includes('•') ? iban : iban.replace(/(.{4})(?=.)/g, '$1 ')
export const shortIban = (iban: string | null): string => maskIban(iban) ?? '—'
