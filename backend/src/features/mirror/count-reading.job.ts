import { companyList, countAll, dealList, stageChangeList } from '../../platform/bitrix24/crm-lists.ts'
import type { Reading } from './reading.job.ts'
import { countMirror, saveRun, saveState } from './sync-state.postgres.ts'

const tables = { deals: 'crm_deals', companies: 'crm_companies', stage_changes: 'crm_stage_changes' } as const
const entities = Object.keys(tables) as (keyof typeof tables)[]

/** The portal's own totals beside ours, taken together so that they can be compared. The last word of a check. */
export function countReading({ portalId, now, mayStart }: { portalId: number, now: () => Date, mayStart: () => boolean }): Reading {
  const lists = { deals: dealList, companies: companyList, stage_changes: stageChangeList }
  const commands = entities.map(entity => countAll(lists[entity], `count_${entity}`))
  let isDone = false
  return {
    entity: 'deals',
    get isDone() {
      return isDone
    },
    commands: slots => mayStart() && !isDone && slots >= commands.length ? commands : [],
    take(answer) {
      isDone = true
      const totals = entities.map(entity => [entity, answer.totals.get(`count_${entity}`)] as const)
      return async (tx) => {
        for (const [entity, total] of totals) {
          if (total !== undefined)
            await saveState(tx, portalId, entity, { portal_count: total, mirror_count: await countMirror(tx, portalId, tables[entity]), counted_at: now() })
        }
        await saveRun(tx, portalId, { reconciled_at: now(), check_requested_at: null })
      }
    },
  }
}
