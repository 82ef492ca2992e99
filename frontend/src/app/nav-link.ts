import type { Section } from './pages.ts'

export interface NavLink {
  readonly path: string
  readonly name: Section
  readonly label: string
  /** A page under a section's own is in the section, yet not its page. */
  readonly current?: 'page' | 'true' | undefined
}
