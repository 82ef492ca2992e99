/** One entry of a `*.fields` answer: the type, what it is called, and `!` required, `r` read-only, `i` never changed, `*` multiple. */
export type Description = readonly [type: string, title: string, flags?: string]

/** What `*.fields` tells about each field. */
export function described(fields: Record<string, Description>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, [type, title, flags = '']]) => [name, {
    type,
    isRequired: flags.includes('!'),
    isReadOnly: flags.includes('r'),
    isImmutable: flags.includes('i'),
    isMultiple: flags.includes('*'),
    isDynamic: false,
    title,
  }]))
}
