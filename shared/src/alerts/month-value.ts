import type { Day } from '../insights/calendar.ts'

/** A figure of a whole month, named by its first day; null where the records cannot tell. */
export interface MonthValue { readonly month: Day, readonly value: number | null }
