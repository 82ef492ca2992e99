import { AppError } from '@comptoir/shared/errors'
import type { Outcome } from '@comptoir/shared/imports/import-file.schema'
import type { ImportState, UndoResult } from '@comptoir/shared/imports/import.contract'
import type { ImportOptions } from '@comptoir/shared/imports/options'
import type { FileProfile } from '@comptoir/shared/imports/profile'

/** An import as stored. */
export interface ImportRecord {
  readonly portalId: number
  readonly importId: string
  readonly fileName: string
  readonly fingerprint: string
  readonly sizeBytes: number
  readonly state: ImportState
  readonly options: ImportOptions
  readonly profile: FileProfile | null
  readonly preview: Outcome | null
  readonly result: Outcome | null
  readonly undoResult: UndoResult | null
  readonly isPreviewStale: boolean
  readonly progressRows: number
  readonly carried: CarriedCounts | null
  readonly errorCode: string | null
  readonly createdAt: Date
  readonly createdBy: number | null
  readonly updatedAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly undoneAt: Date | null
  readonly undoneBy: number | null
}

/** What a run has counted up to its last settled batch; small, because it is written with every batch. */
export interface CarriedCounts {
  readonly rows: number
  readonly usableRows: number
  readonly purchasesCreated: number
  readonly purchasesKnown: number
  readonly sums: Readonly<Record<string, number>>
  readonly negativeRows: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** Notes that concern whole columns: counted, never listed row by row. */
  readonly notes: Readonly<Record<string, { readonly severity: 'error' | 'warning', readonly count: number, readonly lines: readonly number[] }>>
}

/** From which states a step may start. */
export const startableFrom = {
  configure: ['analysed', 'previewed'],
  preview: ['analysed', 'previewed'],
  start: ['previewed', 'cancelled', 'failed'],
  cancel: ['previewing', 'running'],
  // An undo that stopped half-way is taken up again, never turned into a run.
  undo: ['done', 'cancelled', 'failed', 'undoing'],
  discard: ['uploading', 'analysed', 'previewed'],
} as const satisfies Record<string, readonly ImportState[]>
export type ImportStep = keyof typeof startableFrom

export function assertCan(step: ImportStep, { state }: Pick<ImportRecord, 'state'>): void {
  if (!(startableFrom[step] as readonly ImportState[]).includes(state))
    throw new AppError('import.busy', { details: { state } })
}

/** An import that stopped before its first batch left nothing behind. */
export const canUndo = ({ state, startedAt, errorCode }: Pick<ImportRecord, 'state' | 'startedAt' | 'errorCode'>): boolean =>
  (startableFrom.undo as readonly ImportState[]).includes(state) && startedAt !== null && (state !== 'undoing' || errorCode !== null)

/** What must be true before anything is written. */
export function assertReady(record: ImportRecord): asserts record is ImportRecord & { profile: FileProfile } {
  assertMapped(record)
  if (record.preview === null)
    throw new AppError('import.preview_first')
  const { profile } = record
  // A period that was guessed from a name is never taken silently.
  if (profile.isUndated && profile.period !== null && profile.period.source !== 'chosen' && !record.options.isPeriodConfirmed)
    throw new AppError('import.period_unconfirmed', { details: { from: profile.period.from, to: profile.period.to } })
}

export function assertMapped(record: ImportRecord): asserts record is ImportRecord & { profile: FileProfile } {
  const identifying = ['vendorName', 'vendorCode', 'siren', 'siret', 'vatNumber']
  if (!record.profile?.columns.some(({ field }) => identifying.includes(field)))
    throw new AppError('import.not_mapped')
}
