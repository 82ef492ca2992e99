import { sql, type RawBuilder } from 'kysely'
import type { BiColumn, BiColumnType } from '@comptoir/shared/bi-builder/datasets'
import type { Database } from '../../platform/storage/database.ts'
import type { Condition, ConditionGroup, Question } from './question.ts'
import { biTables, type TableOwner } from './tables.postgres.ts'

export type Cell = string | number | null
type Row = Readonly<Record<string, Cell>>

/** Enough to keep the database busy, little enough to hold in memory. */
const pageSize = 2_000
/** Nobody draws more; an answer that would be cut fails instead, because a part would be taken for the whole. */
const mostRows = 2_000_000

const reference = ({ code }: BiColumn): RawBuilder<unknown> => sql`t.${sql.ref(code)}`

const columnTypes: Readonly<Record<BiColumnType, RawBuilder<unknown>>> =
  { int: sql`bigint`, double: sql`float8`, string: sql`text`, date: sql`date`, datetime: sql`text` }

const typed = ({ type }: BiColumn, value: string | number): RawBuilder<unknown> => sql`${value}::${columnTypes[type]}`

function compared({ column, comparison, operands }: Condition): RawBuilder<unknown> {
  const left = reference(column)
  const values = sql.join(operands.map(one => typed(column, one)))
  const [first] = operands
  switch (comparison) {
    case 'equal': return first === undefined ? sql`${left} is null` : sql`${left} = ${values}`
    case 'unequal': return first === undefined ? sql`${left} is not null` : sql`${left} is distinct from ${values}`
    case 'among': return sql`${left} in (${values})`
    case 'outside': return sql`(${left} is null or ${left} not in (${values}))`
    case 'like': return sql`${left}::text ilike ${first}::text`
    case 'less': return sql`${left} < ${values}`
    case 'at_most': return sql`${left} <= ${values}`
    case 'more': return sql`${left} > ${values}`
    case 'at_least': return sql`${left} >= ${values}`
  }
}

function conditionsOf({ logic, parts }: ConditionGroup): RawBuilder<unknown> {
  if (parts.length === 0)
    return sql`true`
  const each = parts.map(part => 'parts' in part ? conditionsOf(part) : compared(part))
  return sql`(${sql.join(each, logic === 'or' ? sql` or ` : sql` and `)})`
}

async function readPage(db: Database, portal: TableOwner, { code, columns, filter }: Question, after: Row | null, limit: number): Promise<readonly Row[]> {
  const { keys, rows } = biTables[code]
  const key = sql.join(keys.map(name => sql.ref(`t.${name}`)))
  const seen = after ? sql`(${key}) > (${sql.join(keys.map(name => sql`${after[name]}`))})` : sql`true`
  const wanted = sql.join([...columns.map(reference), ...keys.map(name => sql.ref(`t.${name}`))])
  const page = await sql<Row>`select ${wanted} from (${rows(portal)}) as t where ${seen} and ${conditionsOf(filter)} order by ${key} limit ${limit}`.execute(db)
  return page.rows
}

/** Page after page, in the order of their keys: no row twice, none left out, whatever is written meanwhile. */
export async function* readRows(db: Database, portal: TableOwner, question: Question): AsyncGenerator<readonly Cell[][], void, undefined> {
  let left = question.limit ?? mostRows + 1
  let after: Row | null = null
  while (left > 0) {
    const size = Math.min(pageSize, left)
    const page: readonly Row[] = await readPage(db, portal, question, after, size)
    left -= page.length
    if (left <= 0 && question.limit === null)
      throw new RangeError(`more than ${mostRows} rows`)
    yield page.map(row => question.columns.map(({ code }) => row[code] ?? null))
    after = page.at(-1) ?? null
    if (page.length < size || after === null)
      return
  }
}
