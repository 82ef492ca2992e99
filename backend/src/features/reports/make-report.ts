import type { DocumentFormat, ReportDocument } from '@comptoir/shared/documents/report-document'
import type { ReportSource } from '@comptoir/shared/reports/report.contract'
import { AppError } from '@comptoir/shared/errors'
import { boardDocument } from './board-document.ts'
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
  const board = await ports.board(asked, source.boardId)
  if (!board)
    throw new AppError('report.source_unknown', { details: { boardId: source.boardId } })
  const segmentId = source.segmentId ?? board.spec.segmentId ?? null
  const name = segmentId && await ports.segmentName(asked, segmentId)
  if (segmentId && !name)
    throw new AppError('report.source_unknown', { details: { segmentId } })
  const segment = segmentId && name ? { segmentId, name } : null
  return boardDocument(asked, ports, { title, tiles: board.spec.tiles, period: source.period, segment, language, timeZone })
}
