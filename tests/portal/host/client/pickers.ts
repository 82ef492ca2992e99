import type { Choice } from './dialog.ts'
import { pick } from './dialog.ts'
import { t } from './page-data.ts'

interface Person {
  id: number
  name: string
  position: string
  photo: string
  url: string
  sub: boolean
  sup: boolean
}

interface CrmRecord extends Choice {
  type: string
  place: string
  desc: string
  url: string
  image: string
}

const get = async <Data>(path: string): Promise<Data> => (await fetch(path)).json() as Promise<Data>

const matching = <Row extends Choice>(rows: readonly Row[], find: string): Row[] =>
  rows.filter(({ title }) => title.toLocaleLowerCase().includes(find.toLocaleLowerCase()))

/** Answers only on confirmation; a cancelled dialog stays silent. */
export async function selectUser(isMultiple: boolean): Promise<unknown> {
  const people = await get<Person[]>('/host/people')
  const rows = people.map(person => ({ ...person, id: String(person.id), title: person.name, note: person.position }))
  const chosen = await pick({ title: t(isMultiple ? 'apps.selectUsers' : 'apps.selectUser'), isMultiple, load: async find => matching(rows, find) })
  const answer = chosen?.map(({ id, name, photo, position, url, sub, sup }) => ({ id, name, photo, position, url, sub, sup }))
  return isMultiple ? answer : answer?.[0]
}

export async function selectAccess(blocked: unknown): Promise<unknown> {
  const people = await get<Person[]>('/host/people')
  const departments = await get<{ id: number, name: string }[]>('/host/departments')
  const hidden = Array.isArray(blocked) ? blocked.map(String) : []
  const rows = [
    { id: 'AU', title: t('apps.allUsers') },
    ...departments.map(({ id, name }) => ({ id: `DR${id}`, title: name, note: t('apps.department') })),
    ...people.map(({ id, name, position }) => ({ id: `U${id}`, title: name, note: position })),
  ].filter(({ id }) => !hidden.includes(id))
  const chosen = await pick<Choice>({ title: t('apps.selectAccess'), isMultiple: true, load: async find => matching(rows, find) })
  return chosen?.map(({ id, title }) => ({ id, name: title }))
}

const prefixes: Readonly<Record<string, string>> = { lead: 'L', contact: 'C', company: 'CO', deal: 'D', quote: 'Q' }

/** Buckets by type, each a map with running numbers as the portal writes it. */
export async function selectCrm(params: Readonly<Record<string, unknown>>): Promise<unknown> {
  const types = Array.isArray(params.entityType) ? params.entityType.map(String) : []
  const isMultiple = params.multiple === true || params.multiple === 'Y'
  const chosen = await pick<CrmRecord>({
    title: t('apps.selectCrm'),
    isMultiple,
    chosen: isMultiple ? preselected(params.value) : [],
    load: find => get(`/host/crm-records?${new URLSearchParams({ types: types.join(','), find })}`),
  })
  if (!chosen)
    return undefined
  const buckets: Record<string, Record<string, CrmRecord>> = {}
  for (const record of chosen) {
    const bucket = buckets[record.type] ??= {}
    bucket[String(Object.keys(bucket).length)] = record
  }
  return buckets
}

function preselected(value: unknown): string[] {
  if (value === null || typeof value !== 'object')
    return []
  return Object.entries(value).flatMap(([type, ids]) => [ids].flat().map(id => `${prefixes[type] ?? ''}_${String(id)}`))
}
