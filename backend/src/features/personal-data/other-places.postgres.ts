import { sql } from 'kysely'
import { holds, holdsIn, textsOf, without, type Place, type Sought } from './places.postgres.ts'

/** Imports that may still go on need their rows. */
const settled = sql`i.state in ('done', 'undone', 'cancelled', 'failed')`

/** What an import has kept of a row: issues, corrections, differences, candidates, and the values that an undo would bring back. */
const importRows: Place = {
  name: 'importRows',
  kind: 'importRow',
  find: sought => sql`select i.import_id::text as id, i.file_name as subject, null as field, i.file_name as value
    from imports i where i.portal_id = ${sought.portalId} and ${settled} and (
      exists (select from import_issues t where t.portal_id = i.portal_id and t.import_id = i.import_id and (${holds(sql`t.value`, sought)} or ${holdsIn(sql`t.cells`, sought)} or ${holdsIn(sql`t.details`, sought)}))
      or exists (select from import_fixes t where t.portal_id = i.portal_id and t.import_id = i.import_id and ${holds(sql`t.value`, sought)})
      or exists (select from import_diffs t where t.portal_id = i.portal_id and t.import_id = i.import_id and ${holdsIn(sql`t.changes`, sought)})
      or exists (select from import_duplicates t where t.portal_id = i.portal_id and t.import_id = i.import_id and (${holdsIn(sql`t.incoming`, sought)} or ${holdsIn(sql`t.candidate`, sought)}))
      or exists (select from import_vendors t where t.portal_id = i.portal_id and t.import_id = i.import_id and (${holdsIn(sql`t.old_values`, sought)} or ${holdsIn(sql`t.new_values`, sought)})))`,
  async erase(tx, sought, ids) {
    const ofThem = sql`portal_id = ${sought.portalId} and import_id = any(${[...ids]}::uuid[])`
    const text = (column: string) => sql`${sql.ref(column)} = case when ${holds(sql.ref(column), sought)} then '••••' else ${sql.ref(column)} end`
    const json = (column: string) => sql`${sql.ref(column)} = ${without(sql.ref(column), sought)}`
    await sql`update import_issues set ${text('value')}, ${json('cells')}, ${json('details')} where ${ofThem}`.execute(tx)
    await sql`update import_fixes set ${text('value')} where ${ofThem}`.execute(tx)
    await sql`update import_diffs set ${json('changes')} where ${ofThem}`.execute(tx)
    await sql`update import_duplicates set ${json('incoming')}, ${json('candidate')} where ${ofThem}`.execute(tx)
    // An undo leaves alone what it does not know.
    const named = (column: string) => sql`${sql.ref(column)} = coalesce((select jsonb_object_agg(key, part) from jsonb_each(${sql.ref(column)}) as parts (key, part)
      where ${without(sql`part`, sought)} = part), '{}')`
    await sql`update import_vendors set ${named('old_values')}, ${named('new_values')} where ${ofThem}`.execute(tx)
  },
}

/** In bytes of an encoding that nobody asks here: what is not ASCII may be anything. */
const plain = (pattern: string): string => pattern.replace(/[^\x20-\x7E]+/g, '%')
const spaced = (digits: string): string => [...digits].join('[ .()/-]*')

const isInFile = ({ pattern, digits }: Sought) => sql<boolean>`exists (
  select from import_chunks t where t.portal_id = i.portal_id and t.import_id = i.import_id
    and (encode(t.bytes, 'escape') ilike ${plain(pattern)} ${digits === null ? sql`` : sql`or encode(t.bytes, 'escape') ~ ${spaced(digits)}`}))`

/** The file itself: it goes as a whole, and with it the way to look into it again. */
const importFiles: Place = {
  name: 'importFiles',
  kind: 'importFile',
  find: sought => sql`select i.import_id::text as id, i.file_name as subject, null as field, i.file_name as value
    from imports i where i.portal_id = ${sought.portalId} and ${settled} and ${isInFile(sought)}`,
  async erase(tx, { portalId }, ids) {
    for (const table of ['import_chunks', 'import_workbooks'] as const)
      await tx.deleteFrom(table).where('portal_id', '=', portalId).where('import_id', 'in', [...ids]).execute()
  },
}

/** A file that still waits for its import: whoever loaded it finishes or discards it. */
const openImports: Place = {
  name: 'openImports',
  kind: 'importFile',
  find: sought => sql`select i.import_id::text as id, i.file_name as subject, null as field, i.file_name as value
    from imports i where i.portal_id = ${sought.portalId} and not ${settled} and ${isInFile(sought)}`,
}

/** What somebody has typed and not saved. */
const drafts: Place = {
  name: 'drafts',
  kind: 'draft',
  find: sought => sql`select concat_ws('/', d.user_id, d.subject) as id, coalesce(v.name, d.typed->>'name') as subject, null as field, ${textsOf(sql`d.typed`)} as value
    from vendor_drafts d left join vendors v on v.portal_id = d.portal_id and v.vendor_id::text = d.subject
    where d.portal_id = ${sought.portalId} and ${holdsIn(sql`d.typed`, sought)}`,
  async erase(tx, { portalId }, ids) {
    await sql`delete from vendor_drafts where portal_id = ${portalId} and concat_ws('/', user_id, subject) = any(${[...ids]}::text[])`.execute(tx)
  },
}

/** People of the portal: its own directory says who they are, so only those who have left it can be forgotten here. */
const who = sql`trim(concat(name, ' ', last_name))`

const formerPeople: Place = {
  name: 'people',
  kind: 'person',
  find: sought => sql`select user_id::text as id, position as subject, null as field, ${who} as value
    from crm_users where portal_id = ${sought.portalId} and not is_active and ${holds(who, sought)}`,
  async erase(tx, { portalId }, ids) {
    const users = ids.map(Number)
    await tx.insertInto('forgotten_people').values(users.map(user_id => ({ portal_id: portalId, user_id }))).onConflict(conflict => conflict.doNothing()).execute()
    await tx.updateTable('crm_users').set({ name: '', last_name: '', position: '' }).where('portal_id', '=', portalId).where('user_id', 'in', users).execute()
    for (const table of ['verified_tokens', 'viewer_settings', 'viewer_deals', 'vendor_drafts', 'notice_preferences'] as const)
      await tx.deleteFrom(table).where('portal_id', '=', portalId).where('user_id', 'in', users).execute()
  },
}

const activePeople: Place = {
  name: 'colleagues',
  kind: 'person',
  find: sought => sql`select user_id::text as id, position as subject, null as field, ${who} as value
    from crm_users where portal_id = ${sought.portalId} and is_active and ${holds(who, sought)}`,
}

export const otherPlaces: readonly Place[] = [drafts, importRows, importFiles, openImports, formerPeople, activePeople]
