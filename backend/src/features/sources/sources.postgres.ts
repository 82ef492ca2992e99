import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { DoorSecrets, Source, SourceInput, Sources } from '@comptoir/shared/sources/source.contract'
import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { nextRead } from './next-read.ts'
import { endReadingAlert } from './reading-alert.postgres.ts'
import { lastRuns } from './source-runs.postgres.ts'

export type Administrator = Pick<Caller, 'portal' | 'viewer'>

const mostSources = 50
/** How long a removed source can be brought back. */
export const restorableMs = 24 * 60 * 60_000

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

export async function listSources(db: Database, { portal }: Pick<Administrator, 'portal'>, doorUrl: string): Promise<Sources> {
  const rows = await db.selectFrom('data_sources as s').selectAll('s').where('s.portal_id', '=', portal.id).where('s.removed_at', 'is', null)
    .orderBy(sql`lower(s.name)`).orderBy('s.source_id').execute()
  const [kept, runs] = await Promise.all([readKept(db, portal.id), lastRuns(db, portal.id, rows.map(({ source_id }) => source_id), 1)])
  const sources = rows.map((row): Source => ({
    sourceId: row.source_id, dataset: row.dataset, kind: row.kind, name: row.name, settings: row.settings as AdCostSettings | null, address: row.address,
    headers: row.header_names.map(name => ({ name, value: null })), recurrence: row.recurrence as Recurrence | null, timeZone: row.time_zone ?? portal.timeZone,
    keyHint: row.key_hint, isSignatureRequired: row.is_signature_required, isPaused: row.is_paused, nextRunAt: row.is_paused ? null : row.next_run_at?.toISOString() ?? null,
    ...kept.get(row.source_id) ?? { rows: 0, from: null, to: null }, lastRun: runs.get(row.source_id)?.[0] ?? null, version: row.version,
  }))
  return { sources, currency: portal.currency, timeZone: portal.timeZone, doorUrl }
}

type Kept = Pick<Source, 'rows' | 'from' | 'to'>

async function readKept(db: Database, portalId: number): Promise<Map<string, Kept>> {
  const { rows } = await sql<Kept & { source_id: string }>`
    select source_id, count(*)::int as rows, min(day) as "from", max(day) as "to" from ad_costs where portal_id = ${portalId} group by source_id
    union all
    select source_id, sum(line_count)::int, min(from_on), max(to_on) from ledger_files where portal_id = ${portalId} group by source_id`.execute(db)
  return new Map(rows.map(({ source_id, ...kept }) => [source_id, kept]))
}

export interface SavedSource { readonly sourceId: string, readonly secrets: DoorSecrets | null }

interface Storing { readonly db: Database, readonly cipher: TokenCipher, readonly now: Date }

/** @throws AppError source.too_many, source.zone_unknown */
export async function createSource({ db, cipher, now }: Storing, { portal, viewer }: Administrator, input: SourceInput): Promise<SavedSource> {
  const secrets = input.kind === 'webhook' ? newSecrets() : null
  return db.transaction().execute(async (tx) => {
    const { count } = await tx.selectFrom('data_sources').select(sql<number>`count(*)::int`.as('count')).where('portal_id', '=', portal.id).where('removed_at', 'is', null).executeTakeFirstOrThrow()
    if (count >= mostSources)
      throw new AppError('source.too_many', { details: { most: mostSources } })
    const { source_id: sourceId } = await tx.insertInto('data_sources').values({
      portal_id: portal.id, dataset: input.dataset, kind: input.kind, ...columnsOf(input, now), ...sealed(cipher, portal.id, input, {}), created_by: viewer.userId,
      ...secrets && doorColumns(cipher, portal.id, secrets),
    }).returning('source_id').executeTakeFirstOrThrow()
    return { sourceId, secrets }
  })
}

/** 32 random bytes need no slow hash: nobody guesses them. */
const newSecrets = (): DoorSecrets => ({ key: `cpt_${randomBytes(32).toString('base64url')}`, signingSecret: `cps_${randomBytes(32).toString('base64url')}` })

const doorColumns = (cipher: TokenCipher, portalId: number, { key, signingSecret }: DoorSecrets) =>
  ({ key_hash: hashOfKey(key), key_hint: key.slice(-4), signing_secret: cipher.seal(portalId, signingSecret) })

const columnsOf = ({ name, settings, address, recurrence, timeZone, kind, isSignatureRequired }: SourceInput, now: Date) => ({
  name: name.trim(), settings: JSON.stringify(settings), address: kind === 'address' ? address : null,
  recurrence: kind === 'address' && recurrence ? JSON.stringify(recurrence) : null, time_zone: timeZone, is_signature_required: kind === 'webhook' && isSignatureRequired,
  next_run_at: kind === 'address' && recurrence ? nextRead(recurrence, now, timeZone) : null,
})

/** Values that are not given stay those that are stored. */
function sealed(cipher: TokenCipher, portalId: number, { headers, kind }: Pick<SourceInput, 'headers' | 'kind'>, stored: Readonly<Record<string, string>>) {
  const values = kind === 'address' ? mergedHeaders(headers, stored) : {}
  const names = Object.keys(values)
  return { header_names: names, headers_sealed: names.length === 0 ? null : cipher.seal(portalId, JSON.stringify(values)) }
}

export const mergedHeaders = (headers: SourceInput['headers'], stored: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(headers.flatMap(({ name, value }) => {
    const kept = value ?? stored[name]
    return kept === undefined ? [] : [[name, kept]]
  }))

/** Whatever was typed for another address stays with that address: who changes the host gives the secrets anew. */
const hostOf = (address: string | null): string => address !== null && URL.canParse(address) ? new URL(address).host : ''

export async function changeSource({ db, cipher, now }: Storing, { portal, viewer }: Administrator, sourceId: string, input: SourceInput & { version: number }): Promise<SavedSource> {
  return db.transaction().execute(async (tx) => {
    const before = await lockSource(tx, portal.id, sourceId)
    if (before.version !== input.version)
      throw new AppError('source.changed_meanwhile')
    if (before.kind !== input.kind || before.dataset !== input.dataset)
      throw new AppError('source.other_kind')
    const stored = hostOf(before.address) === hostOf(input.address) ? openHeaders(cipher, portal.id, before.headers_sealed) : {}
    await tx.updateTable('data_sources').set({ ...columnsOf(input, now), ...sealed(cipher, portal.id, input, stored), version: before.version + 1, updated_at: now, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('source_id', '=', sourceId).execute()
    return { sourceId, secrets: null }
  })
}

export const openHeaders = (cipher: TokenCipher, portalId: number, box: Buffer | null): Record<string, string> =>
  box === null ? {} : JSON.parse(cipher.open(portalId, box)) as Record<string, string>

/** @throws AppError source.not_found */
export async function findSource(db: Database | Tx, portalId: number, sourceId: string) {
  const row = await db.selectFrom('data_sources').selectAll().where('portal_id', '=', portalId).where('source_id', '=', sourceId).where('removed_at', 'is', null).executeTakeFirst()
  if (!row)
    throw new AppError('source.not_found', { details: { sourceId } })
  return row
}
export type SourceRow = Awaited<ReturnType<typeof findSource>>

async function lockSource(tx: Tx, portalId: number, sourceId: string): Promise<SourceRow> {
  await tx.selectFrom('data_sources').select('source_id').where('portal_id', '=', portalId).where('source_id', '=', sourceId).forUpdate().execute()
  return findSource(tx, portalId, sourceId)
}

/** A pause that ends reads at the next time of the schedule, and makes up for nothing. */
export async function pauseSource(db: Database, { portal, viewer }: Administrator, sourceId: string, isPaused: boolean, now: Date): Promise<void> {
  const { recurrence, time_zone: zone } = await findSource(db, portal.id, sourceId)
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('data_sources').set({
      is_paused: isPaused, next_run_at: recurrence === null ? null : nextRead(recurrence as Recurrence, now, zone ?? portal.timeZone), updated_at: now, updated_by: viewer.userId,
    }).where('portal_id', '=', portal.id).where('source_id', '=', sourceId).execute()
    await endReadingAlert(tx, portal.id, sourceId, 'paused', now)
  })
}

/** @throws AppError source.not_found, source.other_kind */
export async function renewKey({ db, cipher, now }: Storing, { portal, viewer }: Administrator, sourceId: string): Promise<SavedSource> {
  const { kind } = await findSource(db, portal.id, sourceId)
  if (kind !== 'webhook')
    throw new AppError('source.other_kind')
  const secrets = newSecrets()
  await db.updateTable('data_sources').set({ ...doorColumns(cipher, portal.id, secrets), updated_at: now, updated_by: viewer.userId })
    .where('portal_id', '=', portal.id).where('source_id', '=', sourceId).execute()
  return { sourceId, secrets }
}

export async function removeSource(db: Database, { portal, viewer }: Administrator, sourceId: string, now: Date): Promise<void> {
  await findSource(db, portal.id, sourceId)
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('data_sources').set({ removed_at: now, updated_at: now, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('source_id', '=', sourceId).execute()
    await endReadingAlert(tx, portal.id, sourceId, 'gone', now)
  })
}

/** @throws AppError source.gone */
export async function restoreSource(db: Database, { portal, viewer }: Administrator, sourceId: string, now: Date): Promise<void> {
  const row = await db.updateTable('data_sources').set({ removed_at: null, updated_at: now, updated_by: viewer.userId }).where('portal_id', '=', portal.id)
    .where('source_id', '=', sourceId).where('removed_at', '>', new Date(now.getTime() - restorableMs)).returning('source_id').executeTakeFirst()
  if (!row)
    throw new AppError('source.gone')
}
