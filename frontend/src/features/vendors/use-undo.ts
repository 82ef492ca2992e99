import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { announce } from '../../platform/announcer.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'

/** Long enough to read, to regret and to reach the button by keyboard. */
const durationMs = 10_000

export function useUndo(): (done: string, undo: () => Promise<unknown>) => void {
  const toast = useToast()
  const { showError } = useErrorToast()
  return (done, undo) => {
    const { id } = toast.add({
      title: done,
      duration: durationMs,
      actions: [{
        label: t('vendors.undo'),
        onClick: () => {
          toast.remove(id)
          void undo().catch(showError)
        },
      }],
    })
    announce(done)
  }
}
