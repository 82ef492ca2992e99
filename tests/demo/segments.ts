import type { Session } from '@comptoir/shared/portal/portal.contract'
import { segmentApi, type Segment } from '@comptoir/shared/segments/segment.contract'
import { call } from './install.ts'

/** Rules that everybody in the company knows by name. */
const segments: readonly Pick<Segment, 'subject' | 'name' | 'rule'>[] = [
  {
    subject: 'deal', name: 'Grandes affaires',
    rule: { kind: 'all', rules: [{ field: 'amount', operator: 'at_least', values: [300_000] }, { kind: 'none', rules: [{ field: 'company', operator: 'empty', values: [] }] }] },
  },
  {
    subject: 'vendor', name: 'Fournisseurs actifs sans achat depuis un an',
    rule: { kind: 'all', rules: [{ field: 'vendor_status', operator: 'in', values: ['active'] }, { field: 'vendor_purchases', operator: 'is', values: [0] }] },
  },
]

export async function saveSegments(appUrl: string, session: Session): Promise<void> {
  const saved = await call(appUrl, session, segmentApi.list.method, segmentApi.list.path) as { segments: readonly unknown[] }
  if (saved.segments.length > 0)
    return
  for (const segment of segments) {
    const { segmentId } = await call(appUrl, session, segmentApi.create.method, segmentApi.create.path, segment) as Segment
    await call(appUrl, session, segmentApi.share.method, segmentApi.share.path.replace(':segmentId', segmentId), { shares: [{ subjectKind: 'everyone', subjectId: 0, role: 'viewer' }] })
  }
}
