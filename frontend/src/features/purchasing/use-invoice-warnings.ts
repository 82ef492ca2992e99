import { purchasingApi, type InvoiceToWarnOf, type InvoiceWarnings } from '@comptoir/shared/purchasing/purchasing.contract'
import { isMasked } from '@comptoir/shared/access/masks'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

const restMs = 400

/** Asked while the invoice is typed, once it has a number, a day and an amount; a failure here stops nobody. */
export function useInvoiceWarnings(vendorId: () => string, invoice: () => InvoiceToWarnOf): ShallowRef<InvoiceWarnings | null> {
  const warnings = shallowRef<InvoiceWarnings | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | null = null

  async function ask(): Promise<void> {
    asking?.abort()
    const { signal } = asking = new AbortController()
    const body = invoice()
    if (body.number.trim() === '' || body.issuedOn === '') {
      warnings.value = null
      return
    }
    try {
      const iban = isMasked(body.iban) ? null : body.iban
      warnings.value = await call(purchasingApi.checkInvoice, { params: { vendorId: vendorId() }, body: { ...body, iban } }, { signal })
    }
    catch {
      if (!signal.aborted)
        warnings.value = null
    }
  }

  watch(() => JSON.stringify(invoice()), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), restMs)
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    asking?.abort()
  })
  return warnings
}
