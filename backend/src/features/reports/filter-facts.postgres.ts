import { sql } from 'kysely'
import type { MetricFilters } from '@comptoir/shared/insights/insights.contract'
import type { Database } from '../../platform/storage/database.ts'
import { reportWords, type Language } from './report-words.ts'

/** Whose and which pipelines' records alone are counted, as it is printed; the main pipeline may have no name. */
export async function filterFacts(db: Database, portalId: number, { userIds = [], categoryIds = [] }: MetricFilters, language: Language): Promise<{ label: string, value: string }[]> {
  const words = reportWords[language]
  const list = new Intl.ListFormat(language)
  const people = userIds.length === 0 ? [] : await db.selectFrom('crm_users').select(sql<string>`trim(name || ' ' || last_name)`.as('name'))
    .where('portal_id', '=', portalId).where('user_id', 'in', userIds).orderBy('name').execute()
  const pipelines = categoryIds.length === 0 ? [] : await db.selectFrom('crm_categories').select('name')
    .where('portal_id', '=', portalId).where('entity_type_id', '=', 2).where('category_id', 'in', categoryIds).orderBy('sort').execute()
  return [
    ...people.length > 0 ? [{ label: words.people, value: list.format(people.map(({ name }) => name)) }] : [],
    ...pipelines.length > 0 ? [{ label: words.pipelines, value: list.format(pipelines.map(({ name }) => name || words.pipeline)) }] : [],
  ]
}
