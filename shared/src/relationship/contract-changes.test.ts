import { expect, it } from 'vitest'
import { changesOf, isTermsChange } from './contract-changes.ts'

const known = { title: 'Entretien', endsOn: null, noticeDays: 3, documents: [{ name: 'a', url: 'https://a' }] }

it('a contract\'s history keeps only what really changed', () => {
  expect(changesOf(known, { title: 'Entretien', endsOn: '2027-01-31', noticeDays: undefined, documents: [{ name: 'a', url: 'https://a' }] }))
    .toEqual([{ field: 'endsOn', from: null, to: '2027-01-31' }])
})

it('a new title is no new term, another notice period is', () => {
  expect(isTermsChange(changesOf(known, { title: 'Maintenance' }))).toBe(false)
  expect(isTermsChange(changesOf(known, { title: 'Maintenance', noticeDays: 6 }))).toBe(true)
})
