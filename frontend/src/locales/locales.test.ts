import { errorCatalog } from '@comptoir/shared/error-catalog'
import { describe, expect, it } from 'vitest'
import en from './en.json'
import fr from './fr.json'

interface Tree { readonly [key: string]: string | Tree }

const leaves = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`))

const unsorted = (tree: Tree, path = ''): string[] => {
  const keys = Object.keys(tree)
  const here = keys.join() === [...keys].sort().join() ? [] : [path]
  return [...here, ...keys.flatMap((key) => {
    const child = tree[key]
    return typeof child === 'object' ? unsorted(child, `${path}.${key}`) : []
  })]
}

const placeholders = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join()

/** French and English count differently: `many` is French only, and not every noun has it. */
const comparable = (tree: Tree): string[] => leaves(tree).map(([key]) => key).filter(key => !/\.(many|zero)$/.test(key)).sort()

describe('the locales', () => {
  it('have the same keys', () => {
    expect(comparable(fr)).toEqual(comparable(en))
  })

  it.each([['fr', fr], ['en', en]])('keep the keys of %s sorted', (_, tree) => {
    expect(unsorted(tree)).toEqual([])
  })

  it.each([['fr', fr], ['en', en]])('have a text for every failure in %s', (_, tree) => {
    const texts = new Map(leaves(tree))
    expect(Object.keys(errorCatalog).filter(code => !texts.get(`errors.${code}`))).toEqual([])
  })

  it('fill the same placeholders in both languages', () => {
    const english = new Map(leaves(en))
    const differing = leaves(fr).filter(([key, text]) => english.has(key) && placeholders(text) !== placeholders(english.get(key)!))
    expect(differing).toEqual([])
  })

  it('write French punctuation, signs and numbers with no-break spaces', () => {
    const loose = / [:;?!»%€]|« |[nN]° |\d \d{3}\b/
    expect(leaves(fr).filter(([, text]) => loose.test(text))).toEqual([])
  })

  it('quote with the marks of the language', () => {
    expect([...leaves(fr), ...leaves(en)].filter(([, text]) => /["']/.test(text))).toEqual([])
    expect(leaves(fr).filter(([, text]) => /[“”]/.test(text))).toEqual([])
  })
})
