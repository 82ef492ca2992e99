import { useOverlay } from '@bitrix24/b24ui-nuxt/composables'
import { defineAsyncComponent } from 'vue'

export interface Question {
  readonly title: string
  readonly text?: string
  readonly confirmLabel?: string
  readonly isDestructive?: boolean
}

// The dialog's code is loaded with the first question, not with the first screen.
const ConfirmDialog = defineAsyncComponent(() => import('./ConfirmDialog.vue'))

/** `if (await confirm({ title, isDestructive: true })) …` */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const dialog = useOverlay().create(ConfirmDialog, { destroyOnClose: false })
  return async question => await dialog.open({ ...question }) === true
}
