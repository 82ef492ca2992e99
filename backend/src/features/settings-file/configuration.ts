import { createHash } from 'node:crypto'
import { differences, isNamed } from '@comptoir/shared/settings-file/differences'
import { sectionIds, type SectionId } from '@comptoir/shared/settings-file/section-ids'
import type { Sections } from '@comptoir/shared/settings-file/sections'
import type { SettingsComparison } from '@comptoir/shared/settings-file/settings-file.contract'
import { readSettings, writeSettings, type SettingsFile } from '@comptoir/shared/settings-file/settings-text'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { SectionPort, SectionPorts } from './ports.ts'

/** A configuration with every section. */
export interface Configuration extends SettingsFile { readonly sections: Sections }

export async function readConfiguration(db: Database, portal: PortalRecord, ports: SectionPorts): Promise<Configuration> {
  const sections: Partial<Record<SectionId, unknown>> = {}
  for (const id of sectionIds)
    sections[id] = await ports[id].read(db, portal)
  return { portal: portal.domain, currency: portal.currency, sections: sections as Sections }
}

/** Equal for equal configurations. */
export const stateOf = (configuration: Configuration): string => createHash('sha256').update(writeSettings(configuration)).digest('base64url')

export interface Compared extends SettingsComparison {
  /** Each section as it would be afterwards. */
  readonly wanted: Partial<Sections>
}

/** @throws AppError settings_file.unreadable, settings_file.newer */
export function compare(current: Configuration, text: string, ports: SectionPorts): Compared {
  const { portal, currency, faults, sections } = readSettings(text, current)
  const wanted = Object.fromEntries(sectionIds.filter(id => id in sections).map(id => [id, completed(ports[id] as SectionPort<unknown>, sections[id], current.sections[id])]))
  return {
    portal, currency, wanted,
    state: stateOf(current),
    faults: faults.map(({ path, kind }) => ({ path: [...path], kind })),
    sections: sectionIds.filter(id => id in wanted).map(section => ({ section, differences: changesOf(current.sections[section], wanted[section], [section]) })),
  }
}

export const changesOf = (before: unknown, after: unknown, path: readonly string[] = []): SettingsComparison['sections'][number]['differences'] =>
  differences(before, after, path).map(change => ({ ...change, path: [...change.path] }))

const completed = (port: SectionPort<unknown>, wanted: unknown, current: unknown): unknown =>
  port.complete ? port.complete(wanted, current) : wanted

const lists: readonly SectionId[] = ['attributes', 'compliance', 'interestRates', 'presets', 'targets']

export const countsOf = ({ sections }: Configuration) =>
  sectionIds.map((section) => {
    const content = sections[section]
    return { section, count: lists.includes(section) && isNamed(content) ? Object.keys(content).length : null }
  })
