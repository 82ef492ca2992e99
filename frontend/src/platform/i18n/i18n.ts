import loaders from 'virtual:texts'
import { shallowRef } from 'vue'
import type fr from '../../locales/fr.json'
import { formatNumber } from '../format/format.ts'
import { directionOf, textLanguageOf, type TextLanguage } from './languages.ts'
import { commonGroups, type TextGroup } from './text-groups.ts'

type PluralForm = 'zero' | 'one' | 'other' | 'many'

type Join<P extends string, K extends string> = P extends '' ? K : `${P}.${K}`

/** A group that holds both `one` and `other` is a text that is counted. */
type IsCounted<T> = 'one' | 'other' extends keyof T ? true : false

type KeysOf<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? K extends PluralForm ? (IsCounted<T> extends true ? P : Join<P, K>) : Join<P, K>
    : KeysOf<T[K], Join<P, K>>
}[keyof T & string]

/** Every text of the interface, as fr.json names it; a key with plural forms is named without the form. */
export type MessageKey = KeysOf<typeof fr>

export type MessageParams = Readonly<Record<string, string | number>>

interface Tree { readonly [key: string]: string | Tree }

let messages: Tree = {}
let plurals = new Intl.PluralRules('en')
let language: TextLanguage = 'en'
let isRightToLeft = false

/**
 * Loads the texts that every page needs, and more groups when asked, in the portal's language; English
 * where Comptoir does not speak it.
 */
export async function loadTexts(hostLanguage: string, groups: readonly TextGroup[] = []): Promise<TextLanguage> {
  const wanted = textLanguageOf(hostLanguage)
  messages = await load(wanted, ['common', ...groups])
  areErrorTextsHere.value = false
  language = wanted
  isRightToLeft = directionOf(hostLanguage) === 'rtl'
  plurals = new Intl.PluralRules(wanted)
  return wanted
}

/** Loads the texts of a page beside those that are here. */
export async function addTexts(groups: readonly TextGroup[]): Promise<void> {
  const added = await load(language, groups.filter(group => !(group in messages)))
  messages = { ...messages, ...added }
}

/** Whoever shows an error reads this, and is drawn again once the texts of every error are here. */
export const areErrorTextsHere = shallowRef(false)

/** Loads the texts of errors that no page meets while it opens. Fails without a connection; the next call tries again. */
export async function addErrorTexts(): Promise<void> {
  if (areErrorTextsHere.value)
    return
  const { errors } = await load(language, ['errors'])
  messages = { ...messages, errors: { ...messages.errors as Tree, ...errors as Tree } }
  areErrorTextsHere.value = true
}

async function load(wanted: TextLanguage, parts: readonly (TextGroup | 'common' | 'errors')[]): Promise<Tree> {
  const modules = await Promise.all(parts.map(part => loaders[wanted][part]()))
  return Object.assign({}, ...modules.map(({ default: tree }) => tree)) as Tree
}

/** The language the texts are written in, which is not always the portal's. */
export const textLanguage = (): TextLanguage => language

/** The text of a key; `{name}` is filled from params, `count` chooses the plural form. */
export function t(key: MessageKey, params: MessageParams = {}): string {
  const found = find(key)
  const text = typeof found === 'object' ? formOf(found, params.count) : found
  return text === undefined ? key : inOrder(text, params)
}

/** For keys that are put together from data, such as `errors.<code>`: tells whether the text exists. */
export const hasText = (key: string): key is MessageKey => find(key) !== undefined

function find(key: string): string | Tree | undefined {
  if (import.meta.env.DEV)
    insistOnGroup(key)
  let node: string | Tree | undefined = messages
  for (const part of key.split('.')) {
    if (typeof node !== 'object')
      return undefined
    // Names of data may be those of every object.
    node = Object.hasOwn(node, part) ? node[part] : undefined
  }
  return node
}

/** A page that does not name a group shows its keys to the reader: whoever writes the page learns it at once. */
function insistOnGroup(key: string): void {
  const group = key.split('.', 1).join()
  if (!(group in messages) && (group in loaders[language] || commonGroups.some(common => common === group)))
    throw new Error(`the texts of "${group}" are not loaded, "${key}" is missing: name the group in the page's entry in app/pages.ts`)
}

function formOf(forms: Tree, count: string | number | undefined): string | undefined {
  const number = Number(count ?? 0)
  const form = number === 0 && 'zero' in forms ? 'zero' : plurals.select(number)
  const text = forms[form] ?? forms.other
  return typeof text === 'string' ? text : undefined
}

const fill = (text: string, params: MessageParams, isolate = (value: string) => value): string =>
  text.replace(/(\b[DdQq]u?e )?\{(\w+)\}/g, (whole, before: string | undefined, name: string) => {
    const value = params[name]
    if (value === undefined)
      return whole
    const written = typeof value === 'number' ? formatNumber(value) : value
    return elided(before ?? '', written) + isolate(written)
  })

/** French: « de octobre » is « d’octobre ». A mute h is known to nobody but a dictionary, so it keeps its distance. */
const elided = (before: string, value: string): string =>
  language === 'fr' && /^(?!onz|oui|yaourt)[aeiouœæ]/.test(value.normalize('NFD').toLowerCase()) ? before.replace(/e $/, '’') : before

/**
 * Our texts run from left to right, even on a page that runs the other way: isolated, so that their numbers
 * and full stops stay where the sentence has them. What begins and ends with a word needs none of it.
 */
function inOrder(text: string, params: MessageParams): string {
  if (!isRightToLeft || /^\p{L}[^{]*\p{L}$/u.test(text))
    return fill(text, params)
  return `\u2066${fill(text, params, value => `\u2068${value}\u2069`)}\u2069`
}
