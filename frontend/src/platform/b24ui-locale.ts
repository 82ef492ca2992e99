import { directionOf, localeOf, textLanguageOf } from './i18n/languages.ts'
import type { Locale, Messages } from '@bitrix24/b24ui-nuxt'

/** The kit's own words (close, previous, …) in the language of our texts, with the portal's direction. */
export async function loadKitLocale(hostLanguage: string): Promise<Locale<Messages>> {
  const { default: locale } = textLanguageOf(hostLanguage) === 'fr'
    ? await import('@bitrix24/b24ui-nuxt/runtime/locale/fr.js')
    : await import('@bitrix24/b24ui-nuxt/runtime/locale/en.js')
  return { ...locale, code: localeOf(hostLanguage), dir: directionOf(hostLanguage) }
}
