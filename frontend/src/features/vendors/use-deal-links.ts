import { AppError } from '@comptoir/shared/errors'
import { dealVendorApi, type DealLink, type DealVendors, type LinkCosts } from '@comptoir/shared/vendors/deal-vendor.contract'
import { ref, type Ref } from 'vue'
import { call } from '../../platform/api.ts'
import { announce } from '../../platform/announcer.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'
import { useUndo } from './use-undo.ts'
import { useVendorCache } from './vendors.queries.ts'

export interface DealLinks {
  /** Vendors whose line is being written. */
  readonly saving: Ref<ReadonlySet<string>>
  link: (vendor: { vendorId: string, name: string }) => Promise<boolean>
  update: (link: DealLink, costs: LinkCosts) => Promise<boolean>
  unlink: (link: DealLink) => Promise<boolean>
}

/** Every write answers the whole tab, so that lines and margins change together. */
export function useDealLinks({ dealId, currency, reload }: { dealId: number, currency: () => string, reload: () => unknown }): DealLinks {
  const saving = ref<ReadonlySet<string>>(new Set())
  const cache = useVendorCache()
  const { showError } = useErrorToast()
  const offerUndo = useUndo()

  async function write(vendorId: string, send: () => Promise<DealVendors>): Promise<boolean> {
    saving.value = new Set([...saving.value, vendorId])
    try {
      cache.keepDeal(dealId, await send())
      return true
    }
    catch (error) {
      showError(error)
      // Somebody else was first: show what is there now.
      if (error instanceof AppError && error.status !== 500)
        reload()
      return false
    }
    finally {
      saving.value = new Set([...saving.value].filter(other => other !== vendorId))
    }
  }

  const relink = ({ vendorId, currency: of, planned, actual, note }: DealLink): Promise<DealVendors> =>
    call(dealVendorApi.link, {
      params: { dealId }, body: { vendorId, currency: of, plannedMinor: planned?.minor ?? null, actualMinor: actual?.minor ?? null, note },
    })

  return {
    saving,
    async link({ vendorId, name }) {
      const body = { vendorId, currency: currency(), plannedMinor: null, actualMinor: null, note: null }
      const isDone = await write(vendorId, () => call(dealVendorApi.link, { params: { dealId }, body }))
      if (isDone)
        announce(t('vendors.deal.linked', { name }))
      return isDone
    },
    async update({ vendorId, version }, costs) {
      const isDone = await write(vendorId, () => call(dealVendorApi.update, { params: { dealId, vendorId }, body: { version, ...costs } }))
      if (isDone)
        announce(t('vendors.deal.saved'))
      return isDone
    },
    async unlink(link) {
      const isDone = await write(link.vendorId, () => call(dealVendorApi.unlink, { params: { dealId, vendorId: link.vendorId } }))
      if (isDone) {
        offerUndo(t('vendors.deal.unlinked', { name: link.name }), async () => {
          cache.keepDeal(dealId, await relink(link))
          announce(t('vendors.deal.relinked', { name: link.name }))
        })
      }
      return isDone
    },
  }
}
