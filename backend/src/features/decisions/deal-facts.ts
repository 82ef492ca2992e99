import type { Viewer } from '@comptoir/shared/portal/portal.contract'

export interface DealFacts {
  readonly dealId: number
  readonly title: string
  /** In the portal's currency; null without an amount or a rate. */
  readonly amountMinor: number | null
  readonly responsibleId: number | null
  /** Of its pipeline. */
  readonly stageIds: readonly string[]
  readonly isVisible: boolean
}

/** Nobody's deal is moved in the name of somebody who neither answers for it nor administers the portal. */
export const mayMove = ({ viewer }: { readonly viewer: Viewer }, deal: DealFacts): boolean =>
  deal.isVisible && (viewer.isAdmin || deal.responsibleId === viewer.userId)
