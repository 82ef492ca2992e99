import type { Recurrence } from '@comptoir/shared/reports/recurrence'
import type { AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { Source, SourceDataset, SourceFile, SourceInput, SourceKind, SourcePreview, SourceProbe } from '@comptoir/shared/sources/source.contract'

export interface DraftHeader { name: string, value: string, isStored: boolean }

/** What stands in the wizard. */
export interface SourceDraft {
  dataset: SourceDataset
  kind: SourceKind
  name: string
  address: string
  headers: DraftHeader[]
  file: SourceFile | null
  sample: string
  /** The sheet or list that a person chose. */
  place: string | null
  settings: AdCostSettings | null
  recurrence: Recurrence | null
  isSignatureRequired: boolean
  preview: SourcePreview | null
  /** The settings as they are were tried, and rows came of it. */
  isTried: boolean
}

const exampleBody = `[
  { "day": "2026-01-15", "channel": "Google Ads", "campaign": "Marque", "impressions": 12500, "clicks": 310, "cost": 185.4, "currency": "EUR" }
]`

export const emptyDraft = (): SourceDraft => ({
  dataset: 'ad_costs', kind: 'file', name: '', address: '', headers: [], file: null, sample: exampleBody, place: null, settings: null,
  recurrence: { every: 'day', weekday: 1, day: 1, time: '06:00' }, isSignatureRequired: false, preview: null, isTried: false,
})

export const draftOf = (source: Source): SourceDraft => ({
  ...emptyDraft(), dataset: source.dataset, kind: source.kind, name: source.name, address: source.address ?? '',
  headers: source.headers.map(({ name }) => ({ name, value: '', isStored: true })), settings: source.settings, recurrence: source.recurrence, isSignatureRequired: source.isSignatureRequired, isTried: true,
})

const headersOf = ({ headers }: SourceDraft): SourceInput['headers'] => headers.filter(({ name }) => name.trim() !== '')
  .map(({ name, value, isStored }) => ({ name: name.trim(), value: value === '' && isStored ? null : value }))

export const probeOf = (draft: SourceDraft, sourceId: string | null): SourceProbe => ({
  dataset: draft.dataset, kind: draft.kind, address: draft.kind === 'address' ? draft.address.trim() : null, headers: headersOf(draft), settings: draft.settings,
  ...draft.place !== null && { rowsPath: draft.place }, ...sourceId !== null && { sourceId }, ...draft.file && { file: draft.file }, ...draft.kind === 'webhook' && { sample: draft.sample },
})

export const inputOf = (draft: SourceDraft, timeZone: string): SourceInput => ({
  dataset: draft.dataset, kind: draft.kind, name: draft.name.trim(), address: draft.kind === 'address' ? draft.address.trim() : null, headers: headersOf(draft),
  settings: draft.settings, recurrence: draft.kind === 'address' ? draft.recurrence : null, timeZone,
  isSignatureRequired: draft.kind === 'webhook' && draft.isSignatureRequired,
})

/** Bytes as text that JSON can carry. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 32_768)
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768))
  return btoa(text)
}

/** A name to begin with: the file's, or the host's. */
export function nameFor({ kind, file, address }: SourceDraft): string {
  if (kind === 'file')
    return file?.name.replace(/\.\w+$/, '').slice(0, 80) ?? ''
  return kind === 'address' && URL.canParse(address) ? new URL(address).host.slice(0, 80) : ''
}
