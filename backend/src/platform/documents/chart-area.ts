import type { ReportChart } from '@comptoir/shared/documents/report-document'
import { chartInk, ink, type PageLook } from './pdf-page.ts'

/** Where a chart is drawn, and how its numbers are written. */
export interface ChartArea {
  readonly page: PageLook
  readonly chart: ReportChart
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly write: (value: number) => string
  /** Shorter: for the axis. */
  readonly writeTick: (value: number) => string
  /** The same for what the points of a scatter stand on. */
  readonly writeAcross: (value: number) => string
}

export const colourOf = (at: number): string => chartInk[at % chartInk.length] ?? ink.accent
