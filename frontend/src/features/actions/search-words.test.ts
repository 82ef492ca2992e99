import { describe, expect, it } from 'vitest'
import { holdsWords, markWords, wordsOf } from './search-words.ts'

const marked = (text: string, search: string): string =>
  markWords(text, wordsOf(search)).map(part => part.isHit ? `[${part.text}]` : part.text).join('')

describe('the search for words', () => {
  it('minds neither accents nor case', () => {
    expect(holdsWords('Relier l’action à vos Étapes', wordsOf('etapes RELIER'))).toBe(true)
    expect(holdsWords('Relier l’action', wordsOf('relier étapes'))).toBe(false)
  })

  it('marks what was found as it is written', () => {
    expect(marked('Le délai dépassé', 'dela depasse')).toBe('Le [déla]i [dépassé]')
    expect(marked('Étapes étapes', 'etapes')).toBe('[Étapes] [étapes]')
  })

  it('marks letters that fold into two, and signs beyond the first plane', () => {
    expect(marked('ba\u0301 🧾 reçu', 'ba recu')).toBe('[ba\u0301] 🧾 [reçu]')
  })

  it('leaves a text without hits in one piece', () => {
    expect(markWords('Bonjour', [])).toEqual([{ text: 'Bonjour', isHit: false }])
  })
})
