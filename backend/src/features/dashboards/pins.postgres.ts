import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { type Board, type BoardPlace, type PinnedBoards, type TileReading } from '@comptoir/shared/dashboards/board.contract'
import { questionOf } from '@comptoir/shared/dashboards/board'
import type { MetricFilters, MetricRecords, MetricResult, RecordFilters } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'
import { maySeeDeal } from '../../platform/access/deal-sight.postgres.ts'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { lockEditable, readBoard } from './boards.postgres.ts'
import { metricGrid } from './metric-grid.ts'
import type { Asking, BoardPorts, OpenRecord } from './ports.ts'
import { visibleBoards, type Reader } from './visible-boards.postgres.ts'

interface PinDeps extends Pick<BoardPorts, 'metricOf' | 'recordsOf'> {
  readonly db: Database
  readonly now: () => Date
}

interface Place { readonly place: BoardPlace, readonly recordId: string }

/** @throws AppError board.not_found, board.forbidden */
export async function pinBoard(db: Database, reader: Reader, boardId: string, pins: readonly BoardPlace[]): Promise<Board> {
  await db.transaction().execute(async (tx) => {
    await lockEditable(tx, reader, boardId)
    await tx.updateTable('boards').set({ pins: [...new Set(pins)] }).where('portal_id', '=', reader.portal.id).where('board_id', '=', boardId).execute()
  })
  return readBoard(db, reader, boardId)
}

/** @throws AppError board.record_unknown */
export async function pinnedBoards(deps: PinDeps, asking: Asking, place: Place): Promise<PinnedBoards> {
  const { name } = await openRecord(deps, asking, place)
  const rows = await visibleBoards(deps.db, asking).where(sql<boolean>`${place.place} = any(b.pins)`).select('b.board_id').orderBy('b.title').orderBy('b.board_id').limit(20).execute()
  return { record: { name }, boards: await Promise.all(rows.map(({ board_id }) => readBoard(deps.db, asking, board_id))) }
}

interface Opened { readonly record: OpenRecord, readonly name: string | null }

/**
 * A record that is not for the viewer's eyes is as unknown as one that is not there.
 * @throws AppError board.record_unknown
 */
async function openRecord({ db, now }: PinDeps, { portal, viewer }: Asking, { place, recordId }: Place): Promise<Opened> {
  const opened = place === 'deal' ? await openDeal(db, { portal, viewer }, recordId, now()) : await openCompany(db, { portal, viewer }, recordId)
  if (!opened)
    throw new AppError('board.record_unknown', { details: { place, recordId } })
  return opened
}

async function openDeal(db: Database, asking: Asking, recordId: string, now: Date): Promise<Opened | null> {
  if (!/^[1-9]\d{0,8}$/.test(recordId))
    return null
  const dealId = Number(recordId)
  const deal = await db.selectFrom('crm_deals').select('title').where('portal_id', '=', asking.portal.id).where('deal_id', '=', dealId).executeTakeFirst()
  return deal && await maySeeDeal(db, asking, dealId, now) ? { record: { kind: 'deal', dealId }, name: deal.title } : null
}

async function openCompany(db: Database, asking: { readonly portal: PortalRecord, readonly viewer: Asking['viewer'] }, recordId: string): Promise<Opened | null> {
  if (!/^[1-9]\d{0,8}$/.test(recordId))
    return openVendor(db, asking, recordId)
  const companyId = Number(recordId)
  const company = await db.selectFrom('crm_companies').select('company_id').where('portal_id', '=', asking.portal.id).where('company_id', '=', companyId).executeTakeFirst()
  // As a customer only, of whose deals the viewer's own rights tell; whose card it is, the viewer has before them.
  return company ? { record: { kind: 'company', companyId, vendorId: null }, name: null } : null
}

async function openVendor(db: Database, asking: { readonly portal: PortalRecord, readonly viewer: Asking['viewer'] }, recordId: string): Promise<Opened | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(recordId))
    return null
  const vendor = await visibleVendors(db, asking).where('vendor_id', '=', recordId).select(['vendor_id', 'company_id', 'name']).executeTakeFirst()
  return vendor ? { record: { kind: 'company', companyId: vendor.company_id, vendorId: vendor.vendor_id }, name: vendor.name } : null
}

/** @throws AppError board.record_unknown */
export async function metricOfRecord(deps: PinDeps, asking: Asking, metricId: MetricId, { place, recordId, ...filters }: MetricFilters & Place): Promise<MetricResult> {
  const { record } = await openRecord(deps, asking, { place, recordId })
  return deps.metricOf(record)(asking, { ...filters, metricId })
}

/** @throws AppError board.record_unknown, request.invalid for a formula */
export async function recordsOfRecord(deps: PinDeps, asking: Asking, metricId: MetricId, { place, recordId, ...filters }: RecordFilters & Place): Promise<MetricRecords> {
  const { record } = await openRecord(deps, asking, { place, recordId })
  return deps.recordsOf(record)(asking, metricId, filters)
}

/**
 * What is asked stands in the board, of what in the page's record; the reader's filters only narrow it.
 * @throws AppError board.not_found also for a board that is not pinned there, board.record_unknown
 */
export async function readTile(deps: PinDeps, asking: Asking, { boardId, tileId }: { boardId: string, tileId: string }, { place, recordId, ...filters }: MetricFilters & Place): Promise<TileReading> {
  const [{ record }, board] = await Promise.all([openRecord(deps, asking, { place, recordId }), readBoard(deps.db, asking, boardId)])
  const tile = board.pins.includes(place) ? board.spec.tiles.find(one => one.tileId === tileId) : undefined
  if (!tile)
    throw new AppError('board.not_found', { details: { boardId, tileId } })
  const metric = deps.metricOf(record)
  const segmentId = filters.segmentId ?? board.spec.segmentId
  const asked = { ...filters, ...segmentId !== undefined && { segmentId }, ...questionOf(tile) }
  const { metricId, by, across, against } = tile
  if (by !== null && across) {
    const grid = await metricGrid(metric, asking, { ...asked, metricId, by, across })
    return { result: grid.result, grid, against: null }
  }
  const read = (id: typeof metricId) => metric(asking, { ...asked, metricId: id, ...by !== null && { by } })
  const [result, other] = await Promise.all([read(metricId), against ? read(against) : null])
  return { result, grid: null, against: other }
}
