import { describe, expect, it } from 'vitest'
import { findPlaces, type Place } from './jump.ts'

const places: Place[] = [
  { path: '/payments', label: 'Paiements', words: 'virement SEPA échéancier' },
  { path: '/deadlines', label: 'Échéances', words: 'contrats préavis' },
  { path: '/access', label: 'Droits d’accès', words: 'rôles' },
]
const found = (typed: string): string[] => findPlaces(places, typed).map(({ path }) => path)

describe('the way to a page', () => {
  it('is found without accents or case, names before other words', () => {
    expect(found('ECHEANC')).toEqual(['/deadlines', '/payments'])
  })

  it('is found by what one looks for there', () => {
    expect(found('sepa')).toEqual(['/payments'])
  })

  it('is found by every word that was typed, in any order, after an apostrophe, too', () => {
    expect(found('acces droits')).toEqual(['/access'])
    expect(found('droits sepa')).toEqual([])
  })

  it('is open to every page while nothing was typed', () => {
    expect(found(' ')).toHaveLength(3)
  })
})
