import english from '@bitrix24/b24ui-nuxt/runtime/locale/en.js'
import { directionOf, localeOf, textLanguageOf } from './i18n/languages.ts'
import type { Locale, Messages } from '@bitrix24/b24ui-nuxt'

/** The kit's own words (close, previous, …) in the language of our texts, with the portal's direction. English is in the kit itself. */
export async function loadKitLocale(hostLanguage: string): Promise<Locale<Messages>> {
  const locale = textLanguageOf(hostLanguage) === 'fr' ? (await import('@bitrix24/b24ui-nuxt/runtime/locale/fr.js')).default : english
  return { ...locale, code: localeOf(hostLanguage), dir: directionOf(hostLanguage) }
}
