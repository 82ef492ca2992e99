import { hasExpression } from './expression.ts'

const mark = 'user:'

/**
 * An expression for the acting person is kept behind a word: should it come to nothing, the word is left, and « nobody
 * found » is not taken for « nobody named », which has the rights of Comptoir.
 */
export const markPerson = (text: string): string => hasExpression(text) ? `${mark}${unmarkPerson(text)}` : text

export const unmarkPerson = (text: string): string => text.startsWith(mark) ? text.slice(mark.length) : text
