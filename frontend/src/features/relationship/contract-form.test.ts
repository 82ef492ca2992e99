import { beforeEach, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { foreseenMove, liveTerms, readContract, typedContract } from './contract-form.ts'
import { aContract } from './testing/relationship-samples.ts'

describe('a contract while it is typed', () => {
  beforeEach(() => setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' }))
  const typed = () => ({ ...typedContract(null, '2026-11-22'), title: ' Nettoyage ' })

  it('has no notice, renewal or amount that nobody typed', () => {
    expect(readContract(typed())).toMatchObject({
      title: 'Nettoyage', startsOn: '2026-11-22', endsOn: null, noticeDays: null, isTacitlyRenewed: false, renewalMonths: null, amountMinor: null, currency: null, signedOn: null,
    })
  })

  it('foretells what the rules do to the vendor; the end of a contract that is already over only where one wants it', () => {
    const moves = { onSignature: { from: 'prospect', to: 'active' }, onLastEnd: { from: 'active', to: 'suspended' } } as const
    const known = { asOf: '2026-11-22', contracts: [], moves }
    const signed = { ...typed(), isSigned: true, signedOn: '2026-01-01' }
    expect(foreseenMove(typed(), null, known)).toBeNull()
    expect(foreseenMove(signed, null, known)).toEqual({ from: 'prospect', to: 'active', isAsked: false })
    const over = { ...signed, startsOn: '2024-01-01', endsOn: '2024-12-31', noticeDays: '' }
    expect(foreseenMove(over, null, known)).toEqual({ from: 'active', to: 'suspended', isAsked: true })
    expect(foreseenMove(over, null, { ...known, contracts: [aContract()] })).toBeNull()
    expect(foreseenMove(over, aContract(), { ...known, contracts: [aContract()] })).toEqual({ from: 'active', to: 'suspended', isAsked: false })
  })

  it('shows the last day of notice at once, and what cannot be meant', () => {
    const year = { ...typed(), startsOn: '2026-01-01', endsOn: '2026-12-31', noticeDays: '1' }
    expect(liveTerms(year, null, '2026-11-22')).toMatchObject({ faults: [], dates: { noticeOn: '2026-11-30' } })
    expect(liveTerms({ ...year, endsOn: '2025-12-31' }, null, '2026-11-22')).toMatchObject({ dates: null, faults: ['end_before_start', 'notice_too_long'] })
    expect(liveTerms({ ...year, startsOn: '' }, null, '2026-11-22')).toEqual({ dates: null, faults: [] })
  })

  it('reads amounts with a comma and drops links without an address', () => {
    expect(readContract({ ...typed(), amount: '1250,5', documents: [{ name: 'x', url: ' ' }, { name: 'Contrat', url: 'https://a/b' }] }))
      .toMatchObject({ amountMinor: 125_050, currency: 'EUR', documents: [{ name: 'Contrat', url: 'https://a/b' }] })
  })
})
