import type { RuleTrouble } from '@comptoir/shared/decisions/decision.contract'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import { administrators } from '../../platform/portals/administrators.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { troubleWords } from './rule-trouble.ts'

interface Told { readonly portal: { readonly id: number, readonly installerUserId: number }, readonly ruleName: string, readonly key: string }

/** A rule that no longer does what it was set for is the administrators' business; the same key tells them once. */
export async function tellTrouble(tx: Tx, trouble: RuleTrouble, { portal, ruleName, key }: Told): Promise<void> {
  await notify(tx, {
    portalId: portal.id, key: `decision-trouble/${key}`, kind: 'decision_trouble', recipients: await administrators(tx, portal),
    params: { subject: ruleName, text: troubleWords[trouble] }, link: { to: 'page', path: '/decisions' },
  })
}
