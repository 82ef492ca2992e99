import { sql } from 'kysely'
import type { DocumentReply } from '@comptoir/shared/documents/document.contract'
import { AppError } from '@comptoir/shared/errors'
import type { ReportFile } from '@comptoir/shared/reports/report.contract'
import type { Database } from '../../platform/storage/database.ts'
import { isNarrower, rightsOf } from './reader-rights.postgres.ts'
import type { Reader } from './schedules.postgres.ts'

/** Made for the reader alone: an administrator does not read what was made in somebody else's rights. */
const mine = (db: Database, { portal, viewer }: Reader) =>
  db.selectFrom('report_files as f').where('f.portal_id', '=', portal.id).where('f.user_id', '=', viewer.userId)

export async function readFiles(db: Database, reader: Reader): Promise<ReportFile[]> {
  const rows = await mine(db, reader)
    .innerJoin('report_runs as r', join => join.onRef('r.portal_id', '=', 'f.portal_id').onRef('r.run_id', '=', 'f.run_id'))
    .innerJoin('report_schedules as s', join => join.onRef('s.portal_id', '=', 'r.portal_id').onRef('s.schedule_id', '=', 'r.schedule_id'))
    .select(['f.file_id', 's.title', 'f.format', 'f.file_name', 'f.made_at', sql<number>`length(f.body)::int`.as('bytes')])
    .orderBy('f.made_at', 'desc').orderBy('f.format').limit(200).execute()
  return rows.map(row => ({ fileId: row.file_id, title: row.title, format: row.format, fileName: row.file_name, bytes: row.bytes, madeAt: row.made_at.toISOString() }))
}

/** @throws AppError report.not_found, report.rights_narrowed */
export async function readFile(db: Database, reader: Reader, fileId: string): Promise<DocumentReply> {
  const row = await mine(db, reader).where('f.file_id', '=', fileId).select(['f.file_name', 'f.content_type', 'f.body', 'f.rights']).executeTakeFirst()
  if (!row)
    throw new AppError('report.not_found', { details: { fileId } })
  if (row.rights && isNarrower(row.rights, await rightsOf(db, reader)))
    throw new AppError('report.rights_narrowed', { details: { fileId } })
  return { fileName: row.file_name, contentType: row.content_type, base64: row.body.toString('base64') }
}
