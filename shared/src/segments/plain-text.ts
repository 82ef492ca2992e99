/** Letters that are told apart by accent or case alone, in pairs by position. The database folds by the same two lines. */
export const accentedLetters = 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ'
export const plainLetters = 'aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyy'

const folds = new Map([...accentedLetters].map((letter, at) => [letter, [...plainLetters][at] ?? letter]))

/** « Été » and « ete » are the same word. */
export const plainText = (text: string): string =>
  [...text].map(letter => folds.get(letter) ?? (letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter)).join('')
