import { businessAnalytics } from '@comptoir/shared/actions/definitions'
import { checkSettings } from '@comptoir/shared/actions/settings'
import type { DecisionChoices } from '@comptoir/shared/decisions/decision.contract'
import { verdictsOf } from '@comptoir/shared/decisions/analyses'
import { AppError } from '@comptoir/shared/errors'
import { messageLanguage, type OperationContext } from './features/actions/operation.ts'
import { planRun } from './features/actions/run.ts'
import type { Actions } from './features/actions/compose.ts'
import type { Asker, DecisionPorts } from './features/decisions/ports.ts'
import { listScenarios } from './features/forecasts/scenarios.postgres.ts'
import { listSegments } from './features/segments/segments.postgres.ts'
import { nextRun } from './features/reports/next-run.ts'
import type { Caller } from './platform/http/caller.ts'
import type { Database } from './platform/storage/database.ts'

const contextOf = ({ portal, viewer, document, now }: Asker): OperationContext => ({ portal, viewer, document, now, language: messageLanguage(portal.language) })

/** Rules decide by the analyses of « Analyse commerciale » and move vendors as « Gestion des fournisseurs » does. */
export function decisionPorts({ operations }: Pick<Actions, 'operations'>): DecisionPorts {
  return {
    nextRun,
    isFit: (settings, verdicts) => {
      const known = verdictsOf(settings.operation ?? '')
      return checkSettings(businessAnalytics, settings, { isResolved: true }).settings !== null && verdicts.every(verdict => known.includes(verdict))
    },
    async analyse(asker, settings) {
      // Whose rights are meant is said once, by the rule.
      const { returns, message } = await planRun(operations, contextOf(asker), 'business-analytics', { ...settings, actsAs: '' })
      const { success: _, verdict, link: __, ...numbers } = returns
      return { verdict: String(verdict), message, numbers }
    },
    async planStatus(asker, { vendorId, status, reason }) {
      const settings = { operation: 'change-status', vendorSource: vendorId === null ? 'document' : 'fixed', vendorId: vendorId ?? '', status, reason, actsAs: '' }
      const { effects, returns, apply } = await planRun(operations, contextOf(asker), 'vendor-management', settings)
      const [effect] = effects
      if (effect?.kind !== 'vendor_status')
        return { vendorId: vendorId ?? '', vendorName: String(returns.vendorName), from: status, to: status }
      if (!apply)
        throw new AppError('internal')
      return { vendorId: effect.vendorId, vendorName: effect.vendorName, from: effect.from as typeof status, to: status, apply }
    },
  }
}

/** What an analysis can name, as far as the viewer may see it. */
export async function analysisChoices(db: Database, caller: Pick<Caller, 'portal' | 'viewer'>): Promise<Pick<DecisionChoices, 'scenarios' | 'segments'>> {
  const [scenarios, segments] = await Promise.all([listScenarios(db, caller), listSegments(db, caller)])
  return { scenarios: scenarios.map(({ scenarioId, name }) => ({ id: scenarioId, name })), segments: segments.map(({ segmentId, name }) => ({ id: segmentId, name })) }
}
