/** Letters without their accents and case, each with the place it has in the text. */
function foldLetters(text: string): { readonly letters: string, readonly places: readonly number[] } {
  let letters = ''
  const places: number[] = []
  let place = 0
  for (const letter of text) {
    const folded = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    letters += folded
    places.push(...Array.from(folded, () => place))
    place += letter.length
  }
  return { letters, places: [...places, text.length] }
}

export const fold = (text: string): string => foldLetters(text).letters

export const wordsOf = (search: string): readonly string[] => fold(search).split(/\s+/).filter(Boolean)

/** Whether every word stands somewhere in the text; accents and case do not matter. */
export const holdsWords = (text: string, words: readonly string[]): boolean => {
  const folded = fold(text)
  return words.every(word => folded.includes(word))
}

export interface TextPart {
  readonly text: string
  readonly isHit: boolean
}

/** The text cut where searched words begin and end, so that they can be marked without any markup in it. */
export function markWords(text: string, words: readonly string[]): readonly TextPart[] {
  const { letters, places } = foldLetters(text)
  const hits = new Set<number>()
  for (const word of words) {
    for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + word.length)) {
      for (let index = at; index < at + word.length; index += 1)
        hits.add(places[index] ?? 0)
    }
  }
  const parts: { text: string, isHit: boolean }[] = []
  for (let index = 0; index < text.length; index += 1) {
    const isHit = hits.has(index)
    const last = parts.at(-1)
    if (last && last.isHit === isHit)
      last.text += text[index]
    else
      parts.push({ text: text[index] ?? '', isHit })
  }
  return parts
}
