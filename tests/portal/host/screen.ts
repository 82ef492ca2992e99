import type { Portal } from '../state.ts'
import type { Format } from './format.ts'
import type { Markup } from './html.ts'
import type { Translate } from './text/index.ts'
import type { Viewer } from './viewer.ts'

/** What a screen is drawn from. */
export interface ScreenContext {
  portal: Portal
  viewer: Viewer
  t: Translate
  format: Format
  /** Path without the query. */
  path: string
  /** Path and query of this page: what a frame on it gets as `URI`. */
  uri: string
  query: Readonly<Record<string, string>>
  params: Readonly<Record<string, string>>
  /** `?IFRAME=Y`: only the content, for a slider. */
  isInSlider: boolean
}

export type Section = 'home' | 'tasks' | 'crm' | 'automation' | 'bi' | 'developer' | 'apps' | 'faults' | 'console' | 'app'

export interface Page {
  title: string
  section: Section
  body: Markup
  status?: number
  /** Entry of the left menu that is shown as current, when it is no section. */
  menuEntry?: string
}

export type Screen = (context: ScreenContext) => Page | Promise<Page>

/** Ends drawing a screen: there is nothing at this address, or the viewer may not see it. */
export class NoSuchPage extends Error {
  readonly reason: 'notFound' | 'denied'

  constructor(reason: 'notFound' | 'denied' = 'notFound') {
    super(reason)
    this.reason = reason
  }
}
