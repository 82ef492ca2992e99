/** Kinds of records that are followed one by one: read again when an event names them, compared by count at night. */
export const mirroredKinds = ['companies', 'deals', 'leads'] as const
export type MirroredKind = (typeof mirroredKinds)[number]

const kinds: Readonly<Record<string, MirroredKind>> = { DEAL: 'deals', COMPANY: 'companies', LEAD: 'leads' }

/** `ONCRMDEALUPDATE` and its kin, in any case. Null for what is not mirrored. */
export function kindOfEvent(event: string): MirroredKind | null {
  const [, entity = ''] = /^ONCRM(DEAL|COMPANY|LEAD)(?:ADD|UPDATE|DELETE|MOVETOCATEGORY)$/.exec(event.toUpperCase()) ?? []
  return kinds[entity] ?? null
}
