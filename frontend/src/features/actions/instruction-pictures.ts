import { textLanguage } from '../../platform/i18n/i18n.ts'

const files = import.meta.glob<string>('./pictures/*.png', { query: '?url', import: 'default' })

/** The screenshot in the language of the texts; null while there is none, so that no broken image ever shows. */
export async function pictureAddress(name: string): Promise<string | null> {
  const load = files[`./pictures/${name}.${textLanguage()}.png`]
  return load ? load() : null
}
