import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { commonGroups, firstErrors } from '../src/platform/i18n/text-groups.ts'
import { textLanguages, type TextLanguage } from '../src/platform/i18n/languages.ts'

type Texts = Readonly<Record<string, unknown>>

const registry = 'virtual:texts'

/** The module that a part of a language's texts is served as: `common` or one group. */
export const textModule = (language: TextLanguage, part: string): string => `${registry}/${part}.${language}`

/** Cuts the locale files into one module per language and group, so that a page loads the texts it shows and no others. */
export function textChunks(): Plugin {
  let folder = ''
  const fileOf = (language: string): string => join(folder, `${language}.json`)
  const read = async (language: string): Promise<Texts> => JSON.parse(await readFile(fileOf(language), 'utf8')) as Texts
  return {
    name: 'comptoir:text-chunks',
    configResolved(config) {
      folder = join(config.root, 'src/locales')
    },
    resolveId: {
      filter: { id: /^virtual:texts(?:\/|$)/ },
      handler: id => `\0${id}`,
    },
    load: {
      filter: { id: /^\0virtual:texts(?:\/|$)/ },
      async handler(id) {
        const [part, language] = id.slice(registry.length + 2).split('.')
        if (!part || !language)
          return registryCode(partsOf(await read('fr')))
        this.addWatchFile(fileOf(language))
        return { code: `export default ${JSON.stringify(cut(await read(language), part))}`, map: null }
      },
    },
  }
}

const isCommon = (group: string): boolean => commonGroups.some(common => common === group)

const partsOf = (texts: Texts): string[] => ['common', 'errors', ...Object.keys(texts).filter(group => !isCommon(group))]

const isFirstError = (group: string): boolean => firstErrors.some(first => first === group)

/** The groups of a part, under their own names. */
function cut(texts: Texts, part: string): Texts {
  const errors = Object.fromEntries(Object.entries(texts.errors as Texts).filter(([group]) => isFirstError(group) === (part === 'common')))
  const groups = Object.fromEntries(Object.entries(texts).filter(([group]) => part === 'common' ? isCommon(group) : part === group))
  return 'errors' in groups ? { ...groups, errors } : groups
}

function registryCode(parts: readonly string[]): string {
  const loaders = textLanguages.map(language =>
    `${language}: { ${parts.map(part => `${part}: () => import('${textModule(language, part)}')`).join(', ')} }`)
  return `export default { ${loaders.join(', ')} }`
}
