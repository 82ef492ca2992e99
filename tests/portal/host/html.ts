/** Text that is already markup; everything else is escaped when it enters a template. */
export interface Markup {
  readonly markup: string
}

export type Content = Markup | string | number | boolean | null | undefined | readonly Content[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? character)
}

export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = strings.map((text, index) => text + render(values[index]))
  return { markup: parts.join('') }
}

/** Only for text written in this folder (icons, style sheets); never for what a user or an app sent. */
export function trusted(markup: string): Markup {
  return { markup }
}

/** JSON inside a script element: `<` is written so that no value can close the element. */
export function embeddedJson(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replace(/</g, '\\u003c').replace(/\u2028|\u2029/g, ' ')
  return trusted(`<script type="application/json" id="${escapeHtml(id)}">${json}</script>`)
}

function render(value: Content): string {
  if (value === null || value === undefined || typeof value === 'boolean')
    return ''
  if (typeof value === 'string')
    return escapeHtml(value)
  if (typeof value === 'number')
    return String(value)
  if (isList(value))
    return value.map(render).join('')
  return value.markup
}

function isList(value: Markup | readonly Content[]): value is readonly Content[] {
  return Array.isArray(value)
}
