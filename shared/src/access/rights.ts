/** From the least to the most: each role may do what those before it may. */
export const vendorRoles = ['viewer', 'editor', 'approver', 'admin'] as const
export type VendorRole = (typeof vendorRoles)[number]

/** What a vendor's data falls into; without `identity` a vendor is not there at all. */
export const fieldGroups = ['identity', 'prices', 'bank', 'documents', 'scores'] as const
export type FieldGroup = (typeof fieldGroups)[number]

export const isAtLeast = (role: VendorRole, needed: VendorRole): boolean =>
  vendorRoles.indexOf(role) >= vendorRoles.indexOf(needed)

/** A right is always a role on a field group: who edits prices and only sees bank details does not edit those. */
export interface Right {
  readonly role: VendorRole
  readonly groups: readonly FieldGroup[]
}

export interface VendorRights extends Right {
  /** The highest role in each group that is open. */
  readonly roleOf: Partial<Record<FieldGroup, VendorRole>>
}

/** Rights add up. Null when they leave the vendor invisible. */
export function sumOfRights(rights: readonly Right[]): VendorRights | null {
  const roleOf: Partial<Record<FieldGroup, VendorRole>> = {}
  for (const { role, groups } of rights) {
    for (const group of groups) {
      const held = roleOf[group]
      if (!held || isAtLeast(role, held))
        roleOf[group] = role
    }
  }
  if (!roleOf.identity)
    return null
  const roles = Object.values(roleOf)
  return {
    role: vendorRoles.findLast(role => roles.includes(role)) ?? 'viewer',
    groups: fieldGroups.filter(group => roleOf[group]),
    roleOf,
  }
}

export const everyRight: VendorRights = {
  role: 'admin',
  groups: fieldGroups,
  roleOf: { identity: 'admin', prices: 'admin', bank: 'admin', documents: 'admin', scores: 'admin' },
}

/** Who enters a vendor goes on seeing and completing it; its amounts and bank details still need a grant. */
export const creatorRight: Right = { role: 'editor', groups: ['identity'] }

export interface Need {
  readonly group?: FieldGroup
  readonly role?: VendorRole
}

/** Without a group the role may be held in any that is open. */
export const satisfies = ({ role, roleOf }: VendorRights, need: Need): boolean => {
  const held = need.group ? roleOf[need.group] : role
  return held !== undefined && isAtLeast(held, need.role ?? 'viewer')
}
