import { paymentRunApi, type Run } from '@comptoir/shared/payments/payment-run.contract'
import { ref, type Ref } from 'vue'
import { call } from '../../platform/api.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'
import { useRefresh } from './payments.queries.ts'

export interface RunMoves {
  readonly isMoving: Ref<boolean>
  approve: (run: Run) => Promise<void>
  exportFile: (run: Run) => Promise<void>
  cancel: (run: Run, reason: string) => Promise<void>
  remove: (run: Run, payableId: string) => Promise<void>
  download: (run: Run) => Promise<void>
}

/** What can be done with a run; a refusal is said, and what is on screen is read again. */
export function useRunMoves(): RunMoves {
  const isMoving = ref(false)
  const refresh = useRefresh()
  const { showError, showSuccess } = useErrorToast()

  async function move(step: () => Promise<unknown>, done?: string): Promise<void> {
    isMoving.value = true
    try {
      await step()
      if (done)
        showSuccess(done)
    }
    catch (error) {
      showError(error)
    }
    await refresh()
    isMoving.value = false
  }
  const keyOf = ({ paymentRunId }: Run) => ({ params: { paymentRunId } })

  return {
    isMoving,
    approve: run => move(() => call(paymentRunApi.approve, { ...keyOf(run), body: { version: run.version } }), t('payments.run.approvedToast')),
    exportFile: run => move(() => call(paymentRunApi.export, { ...keyOf(run), body: { version: run.version } }), t('payments.run.exportedToast')),
    cancel: (run, reason) => move(() => call(paymentRunApi.cancel, { ...keyOf(run), body: { version: run.version, reason } }), t('payments.run.cancelledToast')),
    remove: (run, payableId) => move(() => call(paymentRunApi.removeItem, { ...keyOf(run), body: { version: run.version, payableIds: [payableId] } })),
    download: run => move(async () => {
      const file = await call(paymentRunApi.file, keyOf(run))
      saveFile(file.text, file.fileName)
    }),
  }
}

/** The bytes as they were written: no byte order mark, no other line ends. */
function saveFile(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/xml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
