import { describe, expect, it } from 'vitest'
import { documentField, expressionsIn, fillIn, hasExpression } from './expression.ts'

describe('an expression of the workflow designer', () => {
  it.each(['{=Document:TITLE}', 'Affaire {=Document:ID} : {{Titre de l’affaire}}', '{=A123_1_2:score}'])('is found in %s', (text) => {
    expect(hasExpression(text)).toBe(true)
  })

  it.each(['', '12,50', '{}', '{ =Document:TITLE}', '{=Document}', '{"a": 1}'])('is not found in %s', (text) => {
    expect(hasExpression(text)).toBe(false)
  })

  it('is filled in where the value is known and listed where it is not', () => {
    const known = new Map([['{=Document:TITLE}', 'Chaises']])
    expect(fillIn('{=Document:TITLE} / {=A1:x} / {{Nom}}', known)).toEqual({ text: 'Chaises / {=A1:x} / {{Nom}}', open: ['{=A1:x}', '{{Nom}}'] })
  })

  it('names the field of the record', () => {
    expect(documentField('{=Document:OPPORTUNITY}')).toBe('OPPORTUNITY')
    expect(documentField('{{OPPORTUNITY}}')).toBeNull()
    expect(expressionsIn('none')).toEqual([])
  })
})
