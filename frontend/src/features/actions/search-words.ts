const foldLetter = (letter: string): string => letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Letters without their accents and case. */
export const fold = (text: string): string => Array.from(text, foldLetter).join('')

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
  const letters = Array.from(text)
  const folded = letters.map(foldLetter)
  const hits = hitsIn(folded.join(''), words)
  const parts: { text: string, isHit: boolean }[] = []
  let at = 0
  letters.forEach((letter, index) => {
    const length = folded[index]?.length ?? 0
    const last = parts.at(-1)
    // An accent of its own goes with the letter it stands on.
    const isHit = length === 0 ? last?.isHit ?? false : hits.has(at)
    at += length
    if (last?.isHit === isHit)
      last.text += letter
    else
      parts.push({ text: letter, isHit })
  })
  return parts
}

function hitsIn(folded: string, words: readonly string[]): ReadonlySet<number> {
  const hits = new Set<number>()
  for (const word of words) {
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      for (let index = from; index < from + word.length; index += 1)
        hits.add(index)
    }
  }
  return hits
}
