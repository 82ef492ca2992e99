import { describe, expect, it } from 'vitest'
import { everyRight } from '@comptoir/shared/access/rights'
import { defaultLifeRules } from '@comptoir/shared/vendors/life-cycle'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { editVendor, moveVendor, newVendorFields, undoMove, undoWithinMs } from './vendor.ts'

const vendor: Vendor = {
  vendorId: '6f1c9c1e-6a3e-4d5e-9c6b-0d6f3b6a1c11', companyId: null, status: 'active', name: 'Papeterie Morel', code: null,
  siren: '732829320', siret: null, vatNumber: null, iban: null, bic: null, accountHolder: null, bankProof: null, email: null, phone: null, website: null, address: null,
  postalCode: null, city: 'Paris', country: null, category: null, paymentTermDays: 30, notes: null,
  isIbanApproved: false, pendingFields: [], rights: { ...everyRight, groups: [...everyRight.groups] },
  version: 3, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', updatedBy: null,
}

describe('editing a vendor', () => {
  it('keeps only what really differs', () => {
    expect(editVendor(vendor, { name: ' Papeterie Morel ', city: 'Lyon', siren: '732 829 320' })).toEqual({ fields: { city: 'Lyon' } })
  })

  it('refuses a wrong identifier and says what was expected', () => {
    expect(() => editVendor(vendor, { vatNumber: 'FR45732829320' })).toThrowError(expect.objectContaining({
      code: 'vendor.identifier_invalid', details: expect.objectContaining({ field: 'vatNumber', reason: 'key', expected: '44' }),
    }))
  })

  it('lets a wrong identifier from an import stay while something else is edited', () => {
    expect(editVendor({ ...vendor, siren: '111111111' }, { siren: '111111111', city: 'Lille' })).toEqual({ fields: { city: 'Lille' } })
  })
})

describe('moving a vendor', () => {
  it('names the move that is not allowed', () => {
    expect(() => moveVendor(vendor, 'prospect', null, null)).toThrowError(expect.objectContaining({
      code: 'vendor.illegal_move', details: { from: 'active', to: 'prospect' },
    }))
  })

  it('wants a reason with words in it to suspend', () => {
    expect(() => moveVendor(vendor, 'suspended', '  ', null)).toThrowError(expect.objectContaining({ code: 'vendor.reason_required' }))
    expect(moveVendor(vendor, 'suspended', ' Litige ', null)).toEqual({ status: 'suspended', reason: 'Litige' })
  })

  it('wants a reason to do without what an active vendor should have', () => {
    const standing = { facts: { hasIdentifiers: true, hasSignedContract: false }, rules: defaultLifeRules }
    const waiting = { ...vendor, status: 'onboarding' as const }
    expect(() => moveVendor(waiting, 'active', null, standing)).toThrowError(expect.objectContaining({
      code: 'vendor.reason_required', details: { from: 'onboarding', to: 'active', missing: ['contract'] },
    }))
    expect(moveVendor(waiting, 'active', 'achat ponctuel', standing)).toEqual({ status: 'active', reason: 'achat ponctuel' })
    expect(moveVendor(waiting, 'active', null, { ...standing, facts: { hasIdentifiers: true, hasSignedContract: true } }).status).toBe('active')
  })

  it('leaves the end of a relationship to an approver', () => {
    const editor: Vendor['rights'] = { role: 'editor', groups: ['identity'], roleOf: { identity: 'editor' } }
    expect(() => moveVendor({ ...vendor, rights: editor }, 'terminated', 'fin', null)).toThrowError(expect.objectContaining({ code: 'vendor.forbidden' }))
    expect(moveVendor(vendor, 'terminated', 'fin', null).status).toBe('terminated')
  })
})

describe('taking a change of status back', () => {
  const at = new Date('2026-03-01T10:00:00Z')
  const last = { from: 'prospect', to: 'active', byUserId: 7, at } as const

  it('leads back where no ordinary move does', () => {
    expect(undoMove(vendor, last, { userId: 7 }, at)).toEqual({ status: 'prospect', reason: 'undo' })
  })

  it('is for the person who made it, for a few minutes, and while it still stands', () => {
    const late = new Date(at.getTime() + undoWithinMs + 1)
    for (const attempt of [
      () => undoMove(vendor, last, { userId: 8 }, at),
      () => undoMove(vendor, last, { userId: 7 }, late),
      () => undoMove(vendor, { ...last, to: 'suspended' }, { userId: 7 }, at),
      () => undoMove(vendor, { ...last, from: null }, { userId: 7 }, at),
      () => undoMove(vendor, null, { userId: 7 }, at),
    ])
      expect(attempt).toThrowError(expect.objectContaining({ code: 'vendor.undo_expired' }))
  })
})

describe('a new vendor', () => {
  it('has null for everything that was not said', () => {
    const fields = newVendorFields({ name: ' Garage du Port ', city: '', companyId: 4, status: 'active' })
    expect(fields).toMatchObject({ name: 'Garage du Port', city: null, siren: null, paymentTermDays: null })
    expect(fields).not.toHaveProperty('companyId')
  })
})
