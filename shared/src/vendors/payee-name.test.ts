import { expect, it } from 'vitest'
import { checkPayeeName } from './payee-name.ts'

const legal = 'Société Générale d’Électricité Lefèvre & Fils SAS'

it.each([
  ['SAS GENERALE ELECTRICITE LEFEVRE ET FILS', 'Générale Électricité Lefèvre et Fils'],
  ['Dupont Jean', 'Jean DUPONT'],
  ['S.A.R.L. Le Fournil', 'LE FOURNIL SARL'],
  ['Bâti-Sud', 'BATI SUD S.A.'],
  ['BATISUD', 'Bâti-Sud'],
  ['Müller GmbH', 'Muller'],
])('an account of %j is one of %j, whatever its legal form, accents and order', (holder, name) => {
  expect(checkPayeeName(holder, name)).toBe('match')
})

it.each([
  ['Lefevre', 'Lefèvre Électricité'],
  ['J. Dupont', 'Jean Dupont'],
  ['Dupond Jean', 'Jean Dupont'],
  ['Papeterie Duranf', 'Papeterie Durand'],
])('an account of %j is close to %j', (holder, name) => {
  expect(checkPayeeName(holder, name)).toBe('close')
})

it.each([
  ['Jean Martin', legal],
  ['Kovac Trading', 'Papeterie Durand'],
  ['SA', 'Papeterie Durand SA'],
  ['Acme 2', 'Beta 2'],
  ['???', 'Papeterie Durand'],
])('an account of %j is not one of %j', (holder, name) => {
  expect(checkPayeeName(holder, name)).toBe('no_match')
})

it('says nothing where no holder is known', () => {
  expect([checkPayeeName(null, legal), checkPayeeName('  ', legal)]).toEqual([null, null])
})
