export interface Place {
  readonly path: string
  readonly label: string
  /** What else people call it, or look for there. */
  readonly words: string
}

/** Without case and accents, apostrophes parting words: « l’échéance » is found by « echeance ». */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** Every word that was typed begins a word of the text. */
const holds = (text: string, typed: string): boolean => {
  const words = plain(text).split(' ')
  return plain(typed).split(' ').every(wanted => words.some(word => word.startsWith(wanted)))
}

/** Places by their name first, then by what is found there. */
export function findPlaces(places: readonly Place[], typed: string): Place[] {
  const named = places.filter(({ label }) => holds(label, typed))
  return [...named, ...places.filter(place => !named.includes(place) && holds(`${place.label} ${place.words}`, typed))]
}
