import type { OptionsPatch } from '@comptoir/shared/imports/import-file.schema'
import type { SampleRow } from '@comptoir/shared/imports/import.contract'
import type { ImportOptions } from '@comptoir/shared/imports/options'
import { dataRecords, planOf, type ImportSource } from '@comptoir/shared/imports/profile-file'
import type { FileProfile } from '@comptoir/shared/imports/profile'
import { readRow } from '@comptoir/shared/imports/row'

/** Choices that move lines or cells: corrections made before would land elsewhere. */
const reshaping = ['encoding', 'delimiter', 'headerLine'] as const satisfies readonly (keyof ImportOptions)[]

export interface Reconfigured {
  readonly options: ImportOptions
  /** Nothing but a confirmation changed: what was tried stays tried. */
  readonly isConfirmationOnly: boolean
  readonly isReshaped: boolean
}

export function reconfigure(current: ImportOptions, { refusesPeriod, ...set }: OptionsPatch, reset: readonly string[]): Reconfigured {
  const kept = Object.fromEntries(Object.entries(current).filter(([name]) => !reset.includes(name))) as ImportOptions
  const options: ImportOptions = { ...kept, ...set as ImportOptions, ...refusesPeriod && { period: null } }
  const changed = new Set([...Object.keys(set), ...reset, ...refusesPeriod ? ['period'] : []])
  return {
    options,
    isConfirmationOnly: [...changed].every(name => name === 'isPeriodConfirmed'),
    isReshaped: reshaping.some(name => changed.has(name) && current[name] !== options[name]),
  }
}

const sampleRows = 12

/** The first rows as they would be read with the settings of now. */
export async function readSample(source: ImportSource, profile: FileProfile): Promise<SampleRow[]> {
  const plan = planOf(profile)
  const rows: SampleRow[] = []
  for await (const records of dataRecords(source, profile)) {
    for (const { cells, line } of records.slice(0, sampleRows - rows.length)) {
      const { usable, issues } = readRow(cells, line, plan)
      rows.push({
        line,
        cells: cells.slice(0, 100).map(cell => cell.slice(0, 200)),
        vendorName: usable?.vendor.name ?? null,
        day: usable?.purchase?.day ?? null,
        isPeriodGuess: usable?.purchase?.isPeriodGuess ?? false,
        amountMinor: usable?.purchase?.amountMinor ?? null,
        currency: usable?.purchase?.currency ?? null,
        issues: issues.map(issue => ({ ...issue, details: { ...issue.details } })),
      })
    }
    if (rows.length >= sampleRows)
      return rows
  }
  return rows
}
