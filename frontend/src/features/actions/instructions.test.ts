import { actionIds } from '@comptoir/shared/actions/definitions'
import { describe, expect, it } from 'vitest'
import { instructions as english } from './instructions.en.ts'
import { instructions as french } from './instructions.fr.ts'
import { findSections, type Instructions } from './instructions.ts'
import { wordsOf } from './search-words.ts'

const shapeOf = ({ sections }: Instructions) => sections.map(({ id, steps, note }) => [id, steps.map(({ picture }) => picture ?? null), Boolean(note)])

describe('the instructions', () => {
  it.each(actionIds)('of %s have the five sections of their document, the same in both languages', (actionId) => {
    expect(french[actionId].sections).toHaveLength(5)
    expect(shapeOf(french[actionId])).toEqual(shapeOf(english[actionId]))
  })

  it.each(actionIds)('of %s describe every picture', (actionId) => {
    const steps = [french, english].flatMap(texts => texts[actionId].sections.flatMap(section => section.steps))
    expect(steps.filter(({ picture, pictureText }) => picture !== undefined && !pictureText)).toEqual([])
  })

  it('are found by words without their accents, down to the step', () => {
    const found = findSections(french['vendor-management'].sections, wordsOf('encodage separateur'))
    expect(found.map(({ id, steps }) => [id, steps.length])).toEqual([['data', 1]])
  })

  it('write French punctuation after a no-break space', () => {
    const texts = JSON.stringify(french)
    expect(texts.match(/.{12} [:;?!»].{5}|« .{5}/g)).toBeNull()
  })
})
