import { dataRecords, planOf, profileFile, type ImportSource, type ProfileContext } from './profile-file.ts'
import type { FileProfile } from './profile.ts'
import { readRow } from './row.ts'
import { SummaryCount, type ReadingSummary } from './summary.ts'
import { identityOf, SeenVendors } from './vendor-identity.ts'

export interface DryRun {
  readonly profile: FileProfile
  readonly summary: ReadingSummary
  /** Different vendors that the usable rows name. */
  readonly vendors: number
}

/** What an import of the file would bring, judged by the file alone; memory does not grow with its length. */
export async function dryRun(source: ImportSource, context: ProfileContext): Promise<DryRun> {
  const profile = await profileFile(source, context)
  const plan = planOf(profile)
  const summary = new SummaryCount()
  const vendors = new SeenVendors(profile.keys)
  for await (const records of dataRecords(source, profile)) {
    for (const { cells, line } of records) {
      const reading = readRow(cells, line, plan)
      summary.add(reading)
      if (reading.usable)
        vendors.meet(identityOf(reading.usable.vendor, context.options))
    }
  }
  return { profile, summary: summary.result(), vendors: vendors.count }
}
