import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

export type Database = Kysely<Schema>
/** A connection that is inside a transaction. Work that must stand or fall together takes this type. */
export type Tx = Transaction<Schema>

/** Work that is a transaction of its own, or part of the one that it is called in. */
export const inTransaction = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db as Tx) : db.transaction().execute(work)

const int8 = 20
const date = 1082

function toSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}

/** Kysely over a pool. Amounts and counts (int8) come back as numbers, calendar days as 'YYYY-MM-DD' text. */
export function openDatabase(connection: pg.PoolConfig): { db: Database, pool: pg.Pool, close: () => Promise<void> } {
  const pool = new pg.Pool({
    max: 10,
    application_name: 'comptoir',
    ...connection,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => {
        if (oid === int8)
          return toSafeInteger
        if (oid === date)
          return (text: string) => text
        return pg.types.getTypeParser(oid, format as 'text')
      },
    } as pg.CustomTypesConfig,
  })
  // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for a connection that is lost while it is lent out: its query fails, and that is enough.
  pool.on('connect', client => client.on('error', () => undefined))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => closeAll(db, pool) }
}

async function closeAll(db: Database, pool: pg.Pool): Promise<void> {
  await db.destroy()
  // Kysely ends the pool only when it has run a query itself.
  if (!pool.ended)
    await pool.end()
}
