import { sql } from 'kysely'
import type { DecisionEffect } from '@comptoir/shared/decisions/decision-rule'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { EventFacts } from './what-happened.ts'

export interface Names {
  stage: (stageId: string) => string
  /** What an effect speaks of; null where it speaks of nothing by name, or of what the reader may not see. */
  ofEffect: (effect: DecisionEffect) => string | null
}

interface Asked { readonly effects: readonly DecisionEffect[], readonly events: readonly EventFacts[] }

/** Stages, people and vendors by name, as far as the reader may see them. */
export async function readNames(db: Database, reader: Pick<Caller, 'portal' | 'viewer'>, { effects }: Asked): Promise<Names> {
  const portalId = reader.portal.id
  const userIds = effects.flatMap(effect => effect.kind === 'notify' ? effect.userIds : effect.kind === 'task' && effect.userId !== null ? [effect.userId] : [])
  const vendorIds = effects.flatMap(effect => effect.kind === 'vendor_status' && effect.vendorId !== null ? [effect.vendorId] : [])
  const [stages, people, vendors] = await Promise.all([
    db.selectFrom('crm_stages').select(['stage_id', 'name']).where('portal_id', '=', portalId).where('entity_type_id', '=', 2).execute(),
    userIds.length === 0 ? [] : db.selectFrom('crm_users').select(['user_id', sql<string>`trim(name || ' ' || last_name)`.as('name')]).where('portal_id', '=', portalId).where('user_id', 'in', [...new Set(userIds)]).execute(),
    vendorIds.length === 0 ? [] : visibleVendors(db, reader).select(['vendors.vendor_id', 'vendors.name']).where('vendors.vendor_id', 'in', [...new Set(vendorIds)]).execute(),
  ])
  const stageNames = new Map(stages.map(row => [row.stage_id, row.name]))
  const personNames = new Map(people.map(row => [row.user_id, row.name]))
  const vendorNames = new Map(vendors.map(row => [row.vendor_id, row.name]))
  const stage = (stageId: string): string => stageNames.get(stageId) ?? stageId
  return {
    stage,
    ofEffect(effect) {
      switch (effect.kind) {
        case 'notify': return effect.userIds.map(id => personNames.get(id) ?? `#${id}`).join(', ')
        case 'task': return effect.userId === null ? null : personNames.get(effect.userId) ?? `#${effect.userId}`
        case 'deal_stage': return stage(effect.stageId)
        case 'vendor_status': return effect.vendorId === null ? null : vendorNames.get(effect.vendorId) ?? null
        case 'workflow': return `#${effect.templateId}`
        case 'crm_trigger': return null
      }
    },
  }
}
