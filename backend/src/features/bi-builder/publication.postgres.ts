import { sql } from 'kysely'
import type { BiBuilder, BiStepId, BiVendorScope } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { biDatasetCodes, definitionMark, isBiDatasetCode, type BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { TableOwner } from './tables.postgres.ts'

export const biPermission = 'biconnector'

export interface PublishedDataset { readonly code: BiDatasetCode, readonly isChosen: boolean, readonly datasetId: number | null, readonly name: string | null, readonly definition: string | null }

export interface Publication {
  readonly connectorId: number | null
  readonly publicUrl: string | null
  readonly sourceId: number | null
  readonly sourceKeyId: string | null
  readonly vendorScope: BiVendorScope
  readonly datasets: readonly PublishedDataset[]
}

/** What a portal that has not chosen yet is offered: everything. */
export async function readPublication(db: Database, portalId: number): Promise<Publication> {
  const row = await db.selectFrom('bi_publications').selectAll().where('portal_id', '=', portalId).executeTakeFirst()
  const rows = await db.selectFrom('bi_datasets').selectAll().where('portal_id', '=', portalId).execute()
  return {
    connectorId: row?.connector_id ?? null,
    publicUrl: row?.public_url ?? null,
    sourceId: row?.source_id ?? null,
    sourceKeyId: row?.source_key_id ?? null,
    vendorScope: row?.vendor_scope ?? 'all',
    datasets: biDatasetCodes.map((code) => {
      const known = rows.find(one => one.code === code)
      return { code, isChosen: known?.is_chosen ?? rows.length === 0, datasetId: known?.dataset_id ?? null, name: known?.name ?? null, definition: known?.definition ?? null }
    }),
  }
}

export interface PublicationChange {
  readonly connector_id?: number | null
  readonly public_url?: string | null
  readonly source_id?: number | null
  readonly source_key_id?: string | null
  readonly vendor_scope?: BiVendorScope
}

export async function savePublication(db: Database, { portalId, userId }: { portalId: number, userId: number }, change: PublicationChange): Promise<void> {
  await db.insertInto('bi_publications').values({ portal_id: portalId, published_by: userId, ...change })
    .onConflict(conflict => conflict.column('portal_id').doUpdateSet({ ...change, published_by: userId, updated_at: new Date() })).execute()
}

export async function saveDataset(db: Database, portalId: number, code: BiDatasetCode, change: { dataset_id: number | null, name: string | null, definition: string | null }): Promise<void> {
  await db.insertInto('bi_datasets').values({ portal_id: portalId, code, is_chosen: true, ...change })
    .onConflict(conflict => conflict.columns(['portal_id', 'code']).doUpdateSet(change)).execute()
}

export async function chooseDatasets(db: Database, portalId: number, codes: readonly BiDatasetCode[]): Promise<void> {
  const empty = { dataset_id: null, name: null, definition: null }
  await db.insertInto('bi_datasets').values(biDatasetCodes.map(code => ({ portal_id: portalId, code, is_chosen: codes.includes(code), ...empty })))
    .onConflict(conflict => conflict.columns(['portal_id', 'code']).doUpdateSet(eb => ({ is_chosen: eb.ref('excluded.is_chosen') }))).execute()
}

/** Who publishes without a choice publishes everything, and the choice is written down. */
export async function chooseAtFirst(db: Database, portalId: number): Promise<void> {
  await db.insertInto('bi_datasets').columns(['portal_id', 'code', 'is_chosen']).expression(
    sql`select ${portalId}::integer, code, true from unnest(${[...biDatasetCodes]}::text[]) as code
      where not exists (select from bi_datasets where portal_id = ${portalId})`)
    .onConflict(conflict => conflict.doNothing()).execute()
}

export async function forgetPublication(db: Database, portalId: number): Promise<void> {
  await db.deleteFrom('bi_datasets').where('portal_id', '=', portalId).execute()
  await db.deleteFrom('bi_publications').where('portal_id', '=', portalId).execute()
}

/** Whose rows the tables tell, and of which vendors. */
export async function tableOwnerOf(db: Database, { id, currency, timeZone }: Pick<PortalRecord, 'id' | 'currency' | 'timeZone'>): Promise<TableOwner> {
  const row = await db.selectFrom('bi_publications').select('vendor_scope').where('portal_id', '=', id).executeTakeFirst()
  return { id, currency, timeZone, vendorScope: row?.vendor_scope ?? 'all' }
}

/** The tables that BI Builder may ask for: chosen, whether or not their dataset is there yet. */
export async function chosenCodes(db: Database, portalId: number): Promise<BiDatasetCode[]> {
  const rows = await db.selectFrom('bi_datasets').select('code').where('portal_id', '=', portalId).where('is_chosen', '=', true).execute()
  return rows.map(({ code }) => code).filter(isBiDatasetCode)
}

type State = BiBuilder['steps'][number]['state']

const stateOf = (isThere: boolean, isCurrent: boolean): State => isThere ? isCurrent ? 'done' : 'outdated' : 'missing'

function stepsOf(publication: Publication, keyId: string | null, publicUrl: string): BiBuilder['steps'] {
  const { connectorId, sourceId, sourceKeyId, datasets } = publication
  const step = (id: BiStepId, state: State, name: string | null = null) => ({ id, state, name })
  return [
    step('connector', stateOf(connectorId !== null, publication.publicUrl === publicUrl)),
    step('source', stateOf(sourceId !== null, keyId !== null && sourceKeyId === keyId)),
    ...datasets.map(({ code, isChosen, datasetId, name, definition }) =>
      step(code, isChosen ? stateOf(datasetId !== null, definition === definitionMark(code)) : datasetId === null ? 'unwanted' : 'outdated', name)),
  ]
}

export async function readBiBuilder(db: Database, portal: PortalRecord, publicUrl: string): Promise<BiBuilder> {
  const publication = await readPublication(db, portal.id)
  const key = await db.selectFrom('bi_keys')
    .leftJoin('crm_users', join => join.onRef('crm_users.portal_id', '=', 'bi_keys.portal_id').onRef('crm_users.user_id', '=', 'bi_keys.created_by'))
    .select(['key_id', 'hint', 'created_at', 'created_by', 'last_used_at', 'crm_users.name', 'crm_users.last_name'])
    .where('bi_keys.portal_id', '=', portal.id).orderBy('created_at', 'desc').executeTakeFirst()
  return {
    hasPermission: portal.scope.includes(biPermission),
    steps: stepsOf(publication, key?.key_id ?? null, publicUrl),
    chosen: publication.datasets.filter(({ isChosen }) => isChosen).map(({ code }) => code),
    vendorScope: publication.vendorScope,
    key: key
      ? {
          hint: key.hint,
          createdAt: key.created_at.toISOString(),
          createdBy: key.created_by === null ? null : { userId: key.created_by, name: `${key.name ?? ''} ${key.last_name ?? ''}`.trim() || `#${key.created_by}` },
          lastUsedAt: key.last_used_at?.toISOString() ?? null,
        }
      : null,
    address: `${publicUrl}/bx/bi`,
  }
}
