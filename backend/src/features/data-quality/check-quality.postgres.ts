import type { QualityCheck } from '@comptoir/shared/data-quality/data-quality.contract'
import { qualityChecks, type QualityCheckId } from '@comptoir/shared/data-quality/quality-checks'
import { shareOf } from '@comptoir/shared/data-quality/quality-score'
import type { Database } from '../../platform/storage/database.ts'
import { planOf, readChecks } from './read-quality.postgres.ts'
import type { Asked } from './source-plan.ts'

export interface QualityAnswer extends QualityCheck {
  /** Of the examined records; null where none could have the flaw. */
  readonly share: number | null
}

/** One check as a workflow or a watch asks for it: the page's own rule, in the rights of the reader. */
export async function checkQuality(db: Database, asked: Asked, checkId: QualityCheckId): Promise<QualityAnswer> {
  const [check] = await readChecks(db, await planOf(db, asked, qualityChecks[checkId].source), checkId)
  if (!check)
    throw new RangeError(`no check named ${checkId}`)
  return { ...check, share: shareOf(check) }
}
