import type { Component, InjectionKey } from 'vue'

/**
 * A part of a vendor's or a deal's view that another feature brings. The app lists them, the view shows them
 * as tabs; its label is `app.<list>.<id>`.
 */
export interface SectionEntry {
  readonly id: string
  /** The group of fields of a vendor that one must be allowed to see; null when anyone who sees the record may. */
  readonly group: 'identity' | 'prices' | 'bank' | 'documents' | 'scores' | null
  /** Brings the component and its texts. */
  readonly load: () => Promise<Component>
}

/** The sections of a vendor whose group stands open to the viewer. */
export const sectionsWithin = (sections: readonly SectionEntry[], groups: readonly string[]): readonly SectionEntry[] =>
  sections.filter(({ group }) => group === null || groups.includes(group))

/** Each takes `{ vendorId: string }`, the board also `{ companyId: number }` of a company that is no vendor. */
export const vendorSections: InjectionKey<readonly SectionEntry[]> = Symbol('vendor sections')
/** Each takes `{ dealId: number }`. */
export const dealSections: InjectionKey<readonly SectionEntry[]> = Symbol('deal sections')
