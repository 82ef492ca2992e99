import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { traceOf, wholeErrorText } from '../platform/error-text.ts'
import { announce } from '../platform/announcer.ts'
import { t } from '../platform/i18n/i18n.ts'

export interface Toasts {
  showError: (error: unknown) => void
  showSuccess: (text: string) => void
}

/** Says how an action ended, to eyes and to screen readers. */
export function useErrorToast(): Toasts {
  const toast = useToast()

  async function tell(error: unknown): Promise<void> {
    const traceId = traceOf(error)
    const title = await wholeErrorText(error)
    toast.add({ title, description: traceId ? t('app.trace', { traceId }) : undefined, color: 'air-primary-alert' })
    announce(title)
  }

  return {
    showError: error => void tell(error),
    showSuccess(text) {
      toast.add({ title: text, color: 'air-primary-success' })
      announce(text)
    },
  }
}
