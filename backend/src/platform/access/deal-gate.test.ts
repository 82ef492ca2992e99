import { describe, expect, it } from 'vitest'
import { scopeOf } from './deal-gate.postgres.ts'

const viewer = { userId: 2, name: 'Brice', isAdmin: false, departmentIds: [1] }

describe('whose deals a viewer sees', () => {
  it('is what was chosen for the portal, everybody’s where nothing was', () => {
    expect(scopeOf(viewer, 'own')).toBe('own')
    expect(scopeOf(viewer, 'department')).toBe('department')
    expect(scopeOf(viewer, undefined)).toBe('own')
  })

  it('is everybody’s for an administrator whatever was chosen', () => {
    expect(scopeOf({ ...viewer, isAdmin: true }, 'own')).toBe('all')
  })
})
