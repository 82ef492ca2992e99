import type { SectionId } from '@comptoir/shared/settings-file/section-ids'
import type { Sections } from '@comptoir/shared/settings-file/sections'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'

/** One part of the configuration, kept by the feature that it belongs to and by that feature's own rules. */
export interface SectionPort<Section> {
  readonly read: (db: Database, portal: PortalRecord) => Promise<Section>
  /** Makes it exactly this. */
  readonly write: (tx: Tx, caller: Caller, wanted: Section, now: Date) => Promise<void>
  /** What a file that leaves something out means, where that thing cannot be taken away. */
  readonly complete?: (wanted: Section, current: Section) => Section
}

export type SectionPorts = { readonly [Id in SectionId]: SectionPort<Sections[Id]> }

export interface SettingsPorts {
  readonly sections: SectionPorts
  readonly countOwnGrants: (db: Database, portalId: number) => Promise<number>
}
