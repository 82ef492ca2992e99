const words: readonly (readonly string[])[] = [
  ['jan', 'janv', 'january', 'janvier', 'januar', 'enero', 'ene', 'gennaio', 'gen'],
  ['feb', 'fev', 'fevr', 'february', 'fevrier', 'februar', 'febrero', 'febbraio'],
  ['mar', 'mars', 'march', 'marz', 'maerz', 'mrz', 'marzo'],
  ['apr', 'avr', 'avril', 'april', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag'],
  ['jun', 'juin', 'june', 'juni', 'junio', 'giugno', 'giu'],
  ['jul', 'juil', 'juill', 'juillet', 'july', 'juli', 'julio', 'luglio', 'lug'],
  ['aug', 'aou', 'aout', 'august', 'agosto', 'ago'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set'],
  ['oct', 'okt', 'october', 'octobre', 'oktober', 'octubre', 'ottobre', 'ott'],
  ['nov', 'november', 'novembre', 'noviembre'],
  ['dec', 'dez', 'december', 'decembre', 'dezember', 'diciembre', 'dic', 'dicembre'],
]

const months = new Map(words.flatMap((names, index) => names.map(name => [name, index + 1] as const)))

/** The month a word names in French, English, German, Spanish or Italian; null for any other word. */
export const monthOfWord = (word: string): number | null =>
  months.get(word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()) ?? null

/** All of them, longest first, for patterns. */
export const monthWords: readonly string[] = [...months.keys()].sort((a, b) => b.length - a.length)
