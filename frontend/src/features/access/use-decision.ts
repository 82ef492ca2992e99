import { approvalApi, type Proposal } from '@comptoir/shared/access/approval.contract'
import { ref, type Ref } from 'vue'
import { call } from '../../platform/api.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'
import { useRefresh } from './access.queries.ts'

export type Decision = 'approve' | 'reject' | 'withdraw'

/** Decides on a proposal; when somebody was faster, the page reads what is now. */
export function useDecision(): { isSending: Ref<boolean>, decide: (proposal: Proposal, decision: Decision, comment: string) => Promise<boolean> } {
  const { showError, showSuccess } = useErrorToast()
  const refresh = useRefresh()
  const isSending = ref(false)

  const send = ({ proposalId }: Proposal, decision: Decision, comment: string): Promise<Proposal> => {
    const params = { proposalId }
    switch (decision) {
      case 'approve': return call(approvalApi.approve, { params, body: { comment: comment.trim() || null } })
      case 'reject': return call(approvalApi.reject, { params, body: { comment } })
      case 'withdraw': return call(approvalApi.withdraw, { params })
    }
  }

  return {
    isSending,
    async decide(proposal, decision, comment) {
      isSending.value = true
      try {
        await send(proposal, decision, comment)
        showSuccess(t(`access.decided.${decision}`))
        return true
      }
      catch (error) {
        showError(error)
        return false
      }
      finally {
        isSending.value = false
        void refresh()
      }
    },
  }
}
