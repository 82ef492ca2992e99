import type { FieldGroup } from './rights.ts'

export const grantSubjects = ['everyone', 'user', 'department', 'head_of_department'] as const
export type GrantSubject = (typeof grantSubjects)[number]
export const grantScopes = ['all', 'group', 'vendor'] as const
export type GrantScope = (typeof grantScopes)[number]

interface GrantShape {
  readonly subjectKind: GrantSubject
  readonly subjectId: number | null
  readonly scopeKind: GrantScope
  readonly group: string | null
  readonly vendorId: string | null
  readonly groups: readonly FieldGroup[]
}

/** What a grant still lacks to be one; empty when it is whole. */
export function missingOf({ subjectKind, subjectId, scopeKind, group, vendorId, groups }: GrantShape): readonly ('subject' | 'scope' | 'groups')[] {
  const needsSubject = subjectKind === 'user' || subjectKind === 'department'
  const isScoped = scopeKind === 'all' || (scopeKind === 'group' ? Boolean(group?.trim()) : vendorId !== null)
  return [
    ...needsSubject && subjectId === null ? ['subject' as const] : [],
    ...isScoped ? [] : ['scope' as const],
    ...groups.length === 0 ? ['groups' as const] : [],
  ]
}

/** Parts that do not belong to the kind are dropped. */
export const tidyGrant = <G extends GrantShape>(grant: G): G => ({
  ...grant,
  subjectId: grant.subjectKind === 'everyone' ? null : grant.subjectId,
  group: grant.scopeKind === 'group' ? grant.group?.trim() ?? null : null,
  vendorId: grant.scopeKind === 'vendor' ? grant.vendorId : null,
})
