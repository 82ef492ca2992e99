import { AppError } from '@comptoir/shared/errors'
import { describeColumns, proposeAdSettings, type AdCostSettings } from '@comptoir/shared/sources/ad-columns'
import type { SourcePreview, SourceProbe } from '@comptoir/shared/sources/source.contract'
import { reportReading } from './ad-reading.ts'
import { checkLedger, openFec } from './ledger-reading.ts'
import { readPages } from './read-pages.ts'
import { readFileTable, readJsonTable, type SourceTable } from './read-table.ts'

const sampleRows = 200

/** What a source delivers and how it would be read; as the person set it, else as it looks. */
export async function previewSource({ probe, currency, fetch }: {
  readonly probe: SourceProbe
  readonly currency: string
  readonly fetch: (address: string) => Promise<Buffer>
}): Promise<SourcePreview> {
  if (probe.dataset === 'ledger') {
    const ledger = checkLedger(await openFec(Buffer.from(probe.file?.base64 ?? '', 'base64'), currency), currency)
    return { columns: [], rowCount: ledger.read, places: [], place: null, settings: null, reading: null, ledger }
  }
  const table = await tableOf(probe, fetch)
  const rows = table.rows.slice(0, sampleRows).map(({ cells }) => cells)
  const settings = probe.settings ?? proposed(table, rows, { origin: probe.file?.name ?? probe.address ?? '', currency })
  return { columns: describeColumns({ headers: table.headers, rows }), rowCount: table.rows.length, places: [...table.places], place: table.rowsPath, settings, reading: await reportReading(table, settings), ledger: null }
}

const proposed = (table: SourceTable, rows: readonly (readonly string[])[], { origin, currency }: { origin: string, currency: string }): AdCostSettings =>
  ({ ...proposeAdSettings({ headers: table.headers, rows, origin }, currency), rowsPath: table.rowsPath })

function tableOf({ kind, file, sample, address, settings, rowsPath: chosen }: SourceProbe, fetch: (address: string) => Promise<Buffer>): Promise<SourceTable> {
  const rowsPath = chosen ?? settings?.rowsPath ?? null
  switch (kind) {
    case 'file': return readFileTable(Buffer.from(file?.base64 ?? '', 'base64'), rowsPath)
    case 'webhook': return readJsonTable(sample ?? '', rowsPath)
    case 'address': return address === null ? Promise.reject(new AppError('source.address_refused', { details: { reason: 'malformed' } })) : readPages(fetch, address, rowsPath)
  }
}
