import type { ErrorCode } from '@comptoir/shared/errors'
import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { SourceRow } from './sources.postgres.ts'

const alertKeyOf = (sourceId: string): string => `source:${sourceId}`

const reasons: Partial<Record<ErrorCode, { readonly fr: string, readonly en: string }>> = {
  'source.address_unreachable': { fr: 'L’adresse ne répond pas.', en: 'The address does not answer.' },
  'source.address_refused': { fr: 'L’adresse mène à un réseau qui n’est pas public.', en: 'The address leads to a network that is not public.' },
  'source.answer_refused': { fr: 'Le serveur a refusé de livrer les données.', en: 'The server refused to deliver the data.' },
  'source.answer_too_large': { fr: 'La réponse est trop volumineuse.', en: 'The answer is too large.' },
  'source.unreadable': { fr: 'La réponse n’est pas lisible comme un tableau.', en: 'The answer cannot be read as a table.' },
  'source.columns_missing': { fr: 'Des colonnes attendues manquent.', en: 'Expected columns are missing.' },
  'source.no_rows': { fr: 'Aucune ligne n’a pu être lue.', en: 'No row could be read.' },
}
const unknownReason = { fr: 'La lecture a échoué.', en: 'The reading failed.' }

/** Whoever set up the source is told when it begins to fail, and not again while it goes on failing. */
export const raiseReadingAlert = (db: Database, source: SourceRow, code: ErrorCode, now: Date): Promise<unknown> => db.transaction().execute(async (tx) => {
  const last = await tx.selectFrom('source_runs').select(eb => eb.fn.max('finished_at').as('at'))
    .where('portal_id', '=', source.portal_id).where('source_id', '=', source.source_id).where('state', '=', 'done').executeTakeFirst()
  const owner = source.updated_by ?? source.created_by
  return raiseAlert(tx, {
    portalId: source.portal_id, key: alertKeyOf(source.source_id), kind: 'source_failed', subjectId: source.source_id, ownerUserId: owner,
    audience: owner === null ? null : [owner], recipients: owner === null ? 'owners' : [owner],
    params: { subject: source.name, reason: reasons[code] ?? unknownReason, day: last?.at ? { day: last.at.toISOString().slice(0, 10) } : null },
    link: { to: 'page', path: '/sources' }, at: now,
  })
})

export const endReadingAlert = (tx: Tx, portalId: number, sourceId: string, why: string, now: Date): Promise<boolean> =>
  resolveAlert(tx, portalId, alertKeyOf(sourceId), why, now)
