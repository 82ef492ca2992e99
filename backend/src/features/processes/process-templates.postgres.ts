import type { ProcessId } from '@comptoir/shared/processes/process.contract'
import type { Database } from '../../platform/storage/database.ts'

export async function readTemplates(db: Database, portalId: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('process_templates').select(['process', 'template_id']).where('portal_id', '=', portalId).execute()
  return new Map(rows.map(({ process, template_id }) => [process, template_id]))
}

export async function rememberTemplate(db: Database, portalId: number, { process, templateId, userId }: { process: ProcessId, templateId: number, userId: number }): Promise<void> {
  const row = { portal_id: portalId, process, template_id: templateId, added_by: userId, added_at: new Date() }
  await db.insertInto('process_templates').values(row).onConflict(conflict => conflict.columns(['portal_id', 'process']).doUpdateSet(row)).execute()
}

export async function forgetTemplate(db: Database, portalId: number, process: ProcessId): Promise<void> {
  await db.deleteFrom('process_templates').where('portal_id', '=', portalId).where('process', '=', process).execute()
}
