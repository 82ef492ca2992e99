import type fr from '../../locales/fr.json'

/** The groups of texts that no page can do without: loaded first, together. */
export const commonGroups = ['app', 'errors', 'ui'] as const satisfies readonly (keyof typeof fr)[]

/** What may go wrong while a page opens; the texts of all other errors follow the first screen. */
export const firstErrors = ['auth', 'crm', 'frame', 'internal', 'network', 'portal', 'request'] as const satisfies readonly (keyof typeof fr.errors)[]

/** A group of texts that the pages showing it name in their entry, and that is loaded with them. */
export type TextGroup = Exclude<keyof typeof fr, typeof commonGroups[number]>
