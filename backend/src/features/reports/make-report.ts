import type { DocumentFormat, ReportDocument } from '@comptoir/shared/documents/report-document'
import type { ReportSource } from '@comptoir/shared/reports/report.contract'
import { AppError } from '@comptoir/shared/errors'
import { boardDocument, type BoardReport } from './board-document.ts'
import type { Asked, ReportPorts } from './ports.ts'

export interface Wanted {
  readonly title: string
  readonly source: ReportSource
  readonly formats: readonly DocumentFormat[]
  readonly language: 'fr' | 'en'
  readonly timeZone: string
}

/**
 * The report of one person, in their own rights.
 * @throws AppError report.source_unknown when the board is gone, or is not shared with them
 */
export async function makeReport(asked: Asked, ports: ReportPorts, { title, source, language, timeZone }: Wanted): Promise<ReportDocument> {
  if (source.kind === 'spend')
    return { ...await ports.spend(asked, { by: source.by, period: source.period }, language), title, timeZone }
  const { period, segmentId } = source
  const filters = { period, ...segmentId !== undefined && { segmentId } }
  return { ...await boardReport(asked, ports, source.boardId, { filters, language }), title, timeZone }
}

/**
 * A board with the filters that are set on it; without a segment among them, with its own.
 * @throws AppError report.source_unknown when board or segment are gone
 */
export async function boardReport(asked: Asked, ports: ReportPorts, boardId: string, { filters, language, facts }: Pick<BoardReport, 'filters' | 'language' | 'facts'>): Promise<ReportDocument> {
  const board = await ports.board(asked, boardId)
  if (!board)
    throw new AppError('report.source_unknown', { details: { boardId } })
  const { title, spec: { tiles, segmentId: own } } = board
  const segmentId = filters.segmentId ?? own ?? null
  const name = segmentId && await ports.segmentName(asked, segmentId)
  if (segmentId && !name)
    throw new AppError('report.source_unknown', { details: { segmentId } })
  const segment = segmentId && name ? { segmentId, name } : null
  return boardDocument(asked, ports, { title, tiles, filters, segment, language, timeZone: asked.portal.timeZone, ...facts && { facts } })
}
