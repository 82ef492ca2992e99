import type { DocumentFormat } from '@comptoir/shared/documents/report-document'
import { quotationApi } from '@comptoir/shared/purchasing/quotation.contract'
import { ref, type Ref } from 'vue'
import { call } from '../../platform/api.ts'
import { textLanguage } from '../../platform/i18n/i18n.ts'
import { saveDocument } from '../../platform/save-file.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'

/** Saves a round's comparison as a file. */
export function useRoundFile(roundId: () => string): { exporting: Ref<DocumentFormat | null>, save: (format: DocumentFormat) => Promise<void> } {
  const exporting = ref<DocumentFormat | null>(null)
  const { showError } = useErrorToast()
  return {
    exporting,
    async save(format) {
      exporting.value = format
      await call(quotationApi.export, { params: { roundId: roundId() }, query: { format, language: textLanguage() } }).then(saveDocument, showError)
      exporting.value = null
    },
  }
}
