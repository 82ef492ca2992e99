/** Legal forms that are never anything else: they say how a firm is set up, not which firm it is. */
const legalForms = new Set([
  'sarl', 'sas', 'sasu', 'eurl', 'sci', 'scop', 'snc', 'selarl', 'selas', 'earl', 'eirl', 'scic',
  'ste', 'societe', 'ets', 'etablissements',
  'ltd', 'limited', 'plc', 'llp', 'llc', 'inc', 'incorporated', 'gmbh', 'mbh', 'bvba', 'sprl', 'srl',
])

/** Short forms that are also initials and words: dropped only where a legal form stands, at either end. */
const endForms = new Set([
  'sa', 'scp', 'sca', 'scm', 'gie', 'ei', 'cie', 'compagnie', 'corp', 'corporation', 'co', 'company', 'pty', 'lp',
  'ag', 'kg', 'ohg', 'ug', 'ev', 'ek', 'bv', 'nv', 'spa', 'sl', 'slu', 'lda', 'oy', 'oyj', 'ab', 'as', 'aps', 'sro', 'ooo',
])
const startForms = new Set(['sa', 'scp', 'sca', 'scm', 'gie', 'cie', 'compagnie'])

/** Initials with dots ("S.A.R.L.", "S.A.") read as one word; "A. B. Martin" keeps its words apart. */
const dottedInitials = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])/gu

const fold = (text: string): string => text
  .normalize('NFKD')
  .replace(/\p{M}/gu, '')
  .toLowerCase()
  .replaceAll('œ', 'oe')
  .replaceAll('æ', 'ae')
  .replaceAll('ß', 'ss')
  .replaceAll('ø', 'o')
  .replaceAll('ł', 'l')

function withoutLegalForms(words: readonly string[]): readonly string[] {
  const meaning = words.filter(word => !legalForms.has(word))
  while (meaning.length > 1 && (endForms.has(meaning.at(-1)!) || meaning.at(-1) === 'et'))
    meaning.pop()
  while (meaning.length > 1 && startForms.has(meaning[0]!))
    meaning.shift()
  return meaning.length > 0 ? meaning : words
}

/**
 * What two spellings of one firm share: lower case without accents, punctuation, legal forms and extra blanks.
 * Empty only when the name has no letter or digit at all.
 */
export function nameKey(name: string): string {
  const words = fold(name.replace(dottedInitials, initials => initials.replaceAll('.', '')))
    .replace(/['’`´]/g, '')
    .replaceAll('&', ' et ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map(word => word === 'and' || word === 'und' ? 'et' : word)
  return withoutLegalForms(words).join(' ')
}
