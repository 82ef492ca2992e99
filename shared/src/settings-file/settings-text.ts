import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AppError } from '../errors.ts'
import { differences, isNamed, sorted } from './differences.ts'
import { isSectionId, moneySections, sectionIds, type SectionId, type SettingsFault } from './section-ids.ts'
import { sectionSchemas, type Sections } from './sections.ts'

export const formatName = 'comptoir-settings'
export const formatVersion = 1

export interface SettingsFile {
  /** Whose configuration it is. */
  readonly portal: string
  readonly currency: string
  readonly sections: Partial<Sections>
}

/** The file as it is written: names in alphabetical order, one value a line. */
export const writeSettings = ({ portal, currency, sections }: SettingsFile): string =>
  `${JSON.stringify(sorted({ format: formatName, formatVersion, portal, currency, sections }), null, 2)}\n`

export interface ReadSettings extends SettingsFile {
  /** Sections with a fault are not in `sections`. */
  readonly faults: readonly SettingsFault[]
}

/** @throws AppError settings_file.unreadable, settings_file.newer */
export function readSettings(text: string, into: { readonly currency: string }): ReadSettings {
  const { portal, currency, sections } = parse(text)
  const faults = Object.entries(sections).flatMap(([id, value]) => faultsOf(id, value, currency === into.currency))
  const sound = sectionIds.filter(id => Object.hasOwn(sections, id) && !faults.some(({ path }) => path[0] === id))
  return { portal, currency, faults, sections: Object.fromEntries(sound.map(id => [id, sections[id]])) }
}

/** Characters that no column holds: written so, nothing else is escaped this way. */
const unstorable = /\\u(0000|d[89a-f])/

function parse(text: string): { portal: string, currency: string, sections: Record<string, unknown> } {
  const file = parsed(text)
  if (unstorable.test(JSON.stringify(file)) || !isNamed(file) || file.format !== formatName || !isNamed(file.sections) || !Number.isInteger(file.formatVersion))
    throw new AppError('settings_file.unreadable')
  if (file.formatVersion !== formatVersion)
    throw new AppError('settings_file.newer')
  const word = (value: unknown): string => typeof value === 'string' ? value.slice(0, 200) : ''
  return { portal: word(file.portal), currency: word(file.currency), sections: file.sections }
}

function parsed(text: string): unknown {
  try {
    // Editors of Windows put a mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  }
  catch (cause) {
    throw new AppError('settings_file.unreadable', { cause })
  }
}

function faultsOf(id: string, value: unknown, isSameCurrency: boolean): SettingsFault[] {
  if (!isSectionId(id))
    return [{ path: [id], kind: 'unknown' }]
  const faults = shapeFaults(id, value)
  return faults.length === 0 && !isSameCurrency && moneySections.includes(id) ? [{ path: [id], kind: 'currency' }] : faults
}

function shapeFaults(id: SectionId, value: unknown): SettingsFault[] {
  const schema: TSchema = sectionSchemas[id]
  const wrong = Value.Errors(schema, value).flatMap(({ keyword, instancePath, params }): SettingsFault[] => {
    const path = [id, ...steps(instancePath)]
    if (keyword !== 'required')
      return [{ path, kind: 'invalid' }]
    const { requiredProperties = [] } = params as { requiredProperties?: readonly string[] }
    return requiredProperties.map(name => ({ path: [...path, name], kind: 'missing' }))
  })
  if (wrong.length > 0)
    return oneOfEach(wrong)
  // A misspelt name would be passed over in silence, and its setting stay what it was.
  return oneOfEach([...noDays(id, value), ...differences(Value.Clean(schema, structuredClone(value)), value, [id]).map(({ path }) => ({ path, kind: 'unknown' as const }))])
}

/** 31 February is written like a day. */
const noDays = (id: SectionId, value: unknown): SettingsFault[] => id === 'interestRates'
  ? Object.keys(value as object).filter(day => Number.isNaN(Date.parse(day)) || !new Date(day).toISOString().startsWith(day)).map(day => ({ path: [id, day], kind: 'invalid' }))
  : []

const steps = (pointer: string): string[] => pointer.split('/').slice(1).map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))

function oneOfEach(faults: readonly SettingsFault[]): SettingsFault[] {
  const byPath = new Map(faults.map(fault => [JSON.stringify(fault.path), fault]))
  return [...byPath.values()].slice(0, mostFaults)
}

/** More of them help nobody. */
const mostFaults = 20
