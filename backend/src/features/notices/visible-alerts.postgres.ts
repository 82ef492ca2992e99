import { sql, type RawBuilder } from 'kysely'
import { noticeKind, noticeKindIds, type NoticeGroup } from '@comptoir/shared/notices/kinds'
import { isOfVisible, visibleVendors, type Onlooker } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'

const groups = [...new Set(noticeKindIds.map(kind => noticeKind(kind).group))]
const kindsOf = (group: NoticeGroup) => noticeKindIds.filter(kind => noticeKind(kind).group === group)

/**
 * The alerts an onlooker may know of: those about vendors whose field group stands open to them, and those that name
 * them. What is about no vendor and names nobody is the administrators'.
 */
export function visibleAlerts(db: Database, onlooker: Onlooker) {
  const { portal, viewer } = onlooker
  const base = db.selectFrom('alerts').where('alerts.portal_id', '=', portal.id)
  if (viewer.isAdmin)
    return base
  return base.where(eb => eb.and([
    eb.or([
      eb('alerts.vendor_id', 'is', null),
      ...groups.map(group => eb.and([
        eb('alerts.kind', 'in', kindsOf(group)),
        eb('alerts.vendor_id', 'in', visibleVendors(db, onlooker, { group }).select('vendors.vendor_id')),
      ])),
    ]),
    eb.or([
      eb.and([eb('alerts.audience', 'is', null), eb('alerts.vendor_id', 'is not', null)]),
      eb(eb.val(viewer.userId), '=', eb.fn.any('alerts.audience')),
    ]),
  ]))
}

/** Whether the onlooker may read what the subject of an alert is called. */
export function mayReadSubject(onlooker: Onlooker): RawBuilder<boolean> {
  const cases = noticeKindIds.flatMap((kind) => {
    const { unnamed } = noticeKind(kind)
    return unnamed ? [sql`when ${kind} then ${isOfVisible(onlooker, sql`alerts.vendor_id`, { group: unnamed.group })}`] : []
  })
  return sql<boolean>`(case alerts.kind ${sql.join(cases, sql` `)} else true end)`
}
