import type { Grant, Reason } from '@comptoir/shared/access/access.contract'
import { isMasked } from '@comptoir/shared/access/masks'
import type { FieldGroup, VendorRole } from '@comptoir/shared/access/rights'
import { hasText, t } from '../../platform/i18n/i18n.ts'

export const roleText = (role: VendorRole): string => t(`access.roles.${role}`)

export const groupsText = (groups: readonly FieldGroup[]): string =>
  groups.map(group => t(`access.groups.${group}`)).join(', ')

export function subjectText({ subjectKind, subjectName }: Pick<Grant, 'subjectKind' | 'subjectName'>): string {
  if (subjectKind === 'everyone')
    return t('access.subjects.everyone')
  const name = subjectName ?? t('access.gone')
  switch (subjectKind) {
    case 'user': return name
    case 'department': return t('access.subjects.departmentOf', { name })
    case 'head_of_department': return subjectName ? t('access.subjects.headOf', { name }) : t('access.subjects.anyHead')
  }
}

export function scopeText({ scopeKind, group, vendorName }: Pick<Grant, 'scopeKind' | 'group'> & { readonly vendorName?: string | null }): string {
  switch (scopeKind) {
    case 'all': return t('access.scopes.all')
    case 'group': return t('access.scopes.groupOf', { group: group ?? '' })
    case 'vendor': return vendorName ?? t('access.scopes.thisVendor')
  }
}

/** Why somebody has a right, in one line. */
export function reasonText(reason: Reason): string {
  if (reason.kind === 'creator' || reason.subjectKind === null || reason.scopeKind === null)
    return t('access.sight.creator')
  return t('access.sight.because', {
    subject: subjectText({ subjectKind: reason.subjectKind, subjectName: reason.subjectName }),
    scope: scopeText({ scopeKind: reason.scopeKind, group: reason.group }),
    role: roleText(reason.role),
  })
}

/** The label of a field in a proposal or a line of history. */
export function fieldName(field: string): string {
  if (field.startsWith('attribute:'))
    return field.split(':').slice(2).join(':')
  const key = `access.fields.${field}`
  return hasText(key) ? t(key) : field
}

/** A value as people read it; nothing there is said. */
export const valueText = (value: unknown, field = ''): string => {
  if (value === null || value === undefined || value === '')
    return t('access.nothing')
  if (field === 'iban' && typeof value === 'string' && !isMasked(value))
    return value.replace(/(.{4})(?=.)/g, '$1 ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
