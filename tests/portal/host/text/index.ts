import * as apps from './apps.ts'
import * as bi from './bi.ts'
import * as bizproc from './bizproc.ts'
import * as crm from './crm.ts'
import * as shell from './shell.ts'
import * as tools from './tools.ts'

export const languages = ['fr', 'en', 'ar'] as const
export type ViewerLanguage = typeof languages[number]

const texts = {
  en: { ...shell.en, ...crm.en, ...apps.en, ...bi.en, ...bizproc.en, ...tools.en },
  fr: { ...shell.fr, ...crm.fr, ...apps.fr, ...bi.fr, ...bizproc.fr, ...tools.fr },
  ar: { ...shell.ar, ...crm.ar, ...apps.ar, ...bi.ar, ...bizproc.ar, ...tools.ar },
}

export type TextKey = keyof typeof texts.en
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

export const isViewerLanguage = (value: string): value is ViewerLanguage =>
  (languages as readonly string[]).includes(value)

export const textsOf = (language: ViewerLanguage): Readonly<Record<TextKey, string>> => texts[language]

export function translator(language: ViewerLanguage): Translate {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (found, name: string) => String(values[name] ?? found))
}
