/** The languages Comptoir's own texts exist in. */
export const textLanguages = ['fr', 'en'] as const
export type TextLanguage = (typeof textLanguages)[number]

/** The host's own language codes where they are not the standard ones. */
const hostCodes: Readonly<Record<string, string>> = {
  br: 'pt-BR', in: 'hi', kz: 'kk', la: 'es', sc: 'zh-Hans', tc: 'zh-Hant', ua: 'uk', vn: 'vi',
}

/** The standard tag that dates, numbers and money are written by. */
export function localeOf(hostLanguage: string): string {
  const code = hostLanguage.toLowerCase()
  const tag = hostCodes[code] ?? code
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en'
  }
  catch {
    return 'en'
  }
}

export const textLanguageOf = (hostLanguage: string): TextLanguage =>
  textLanguages.find(language => language === hostLanguage.slice(0, 2).toLowerCase()) ?? 'en'

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])

export const directionOf = (hostLanguage: string): 'ltr' | 'rtl' =>
  rightToLeft.has(hostLanguage.slice(0, 2).toLowerCase()) ? 'rtl' : 'ltr'
