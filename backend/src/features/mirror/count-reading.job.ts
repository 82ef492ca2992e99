import { countAll, stageChangeList } from '../../platform/bitrix24/crm-lists.ts'
import { judgeDifferences, readDifferences } from './count-alert.postgres.ts'
import { countIds } from './id-ranges.postgres.ts'
import type { MirroredList } from './mirror-tables.job.ts'
import type { Reading } from './reading.job.ts'
import { countMirror, saveRun, saveState } from './sync-state.postgres.ts'

/** The portal's own totals beside ours, taken together so that they can be compared. The last word of a check. */
export function countReading({ portalId, lists, now, mayStart }: { portalId: number, lists: readonly MirroredList[], now: () => Date, mayStart: () => boolean }): Reading {
  const commands = [...lists.map(({ list, entity }) => countAll(list, `count_${entity}`)), countAll(stageChangeList, 'count_stage_changes')]
  let isDone = false
  return {
    entity: 'deals',
    get isDone() {
      return isDone
    },
    commands: slots => mayStart() && !isDone && slots >= commands.length ? commands : [],
    take({ totals }) {
      isDone = true
      return async (tx) => {
        const before = await readDifferences(tx, portalId)
        const counted = (portal: number, mirror: number) => ({ portal_count: portal, mirror_count: mirror, counted_at: now() })
        for (const { entity, stored } of lists) {
          const total = totals.get(`count_${entity}`)
          if (total !== undefined)
            await saveState(tx, portalId, entity, counted(total, await countIds(tx, portalId, stored)))
        }
        const moves = totals.get('count_stage_changes')
        if (moves !== undefined)
          await saveState(tx, portalId, 'stage_changes', counted(moves, await countMirror(tx, portalId, 'crm_stage_changes')))
        await judgeDifferences(tx, portalId, before, now())
        await saveRun(tx, portalId, { reconciled_at: now(), check_requested_at: null })
      }
    },
  }
}
