export const sectionIds = [
  'access', 'accounting', 'attributes', 'calendar', 'compliance', 'interestRates', 'lifecycle', 'notices', 'presets', 'scorecards', 'targets', 'tolerance',
] as const
export type SectionId = (typeof sectionIds)[number]

export const isSectionId = (id: string): id is SectionId => (sectionIds as readonly string[]).includes(id)

/** Amounts in these are in the portal's own currency. */
export const moneySections: readonly SectionId[] = ['scorecards', 'targets', 'tolerance']

export const faultKinds = ['missing', 'unknown', 'invalid', 'currency'] as const

/** Why a section of a file cannot be taken, and where. */
export interface SettingsFault {
  /** Begins with the section. */
  readonly path: readonly string[]
  readonly kind: (typeof faultKinds)[number]
}
