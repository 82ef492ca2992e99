import { readWorkbook } from '../../platform/workbooks/read-workbook.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Found, Sought } from './places.postgres.ts'

/** Sheets of an uploaded workbook that nobody has chosen: packed, so no query reads them. They go when the import starts, or is discarded. */
export async function searchOpenWorkbooks(db: Database, { portalId, words, digits }: Sought): Promise<Found[]> {
  const found: Found[] = []
  const workbooks = await db.selectFrom('import_workbooks as w')
    .innerJoin('imports as i', join => join.onRef('i.portal_id', '=', 'w.portal_id').onRef('i.import_id', '=', 'w.import_id'))
    .select(['w.import_id', 'w.sheet', 'w.sheets', 'i.file_name']).where('w.portal_id', '=', portalId).where('w.bytes', '<>', Buffer.alloc(0)).execute()
  for (const { import_id, sheet, sheets, file_name } of workbooks.filter(({ sheets }) => sheets.length > 1)) {
    const row = await db.selectFrom('import_workbooks').select('bytes').where('portal_id', '=', portalId).where('import_id', '=', import_id).executeTakeFirst()
    for (const name of sheets.filter(other => other !== sheet)) {
      const text = await readWorkbook(row?.bytes ?? Buffer.alloc(0), name).then(read => read.text, () => '')
      if (names(text, words, digits))
        found.push({ id: `${import_id}/${name}`, subject: file_name, field: null, value: name })
    }
  }
  return found
}

function names(text: string, words: string, digits: string | null): boolean {
  // A first and a last name may stand in two cells.
  const spaced = words.split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('[^\\p{L}\\d]{1,5}')
  return new RegExp(spaced, 'iu').test(text) || (digits !== null && new RegExp([...digits].join('[ .()/-]*')).test(text))
}
