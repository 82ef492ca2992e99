import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Boot } from '@comptoir/shared/portal/portal.contract'

export interface Shell {
  render(boot: Boot, firstHtml: string): string
}

interface Pages {
  readonly builtAt: number
  readonly html: string
  readonly preloads: Preloads
}

/** Written by the pages' build: the page that a placement starts with, the scripts it needs first, its texts by language. */
interface Preloads {
  readonly placements?: Readonly<Record<string, string>>
  readonly pages?: Readonly<Record<string, { readonly scripts: readonly string[], readonly texts: Readonly<Record<'fr' | 'en', readonly string[]>> }>>
}

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur'])

/** The built page with the boot data and the first numbers written in. A newer build is taken up as it comes. */
export function loadShell(dist: string): Shell {
  let pages = readPages(dist)
  return {
    render(boot, firstHtml) {
      const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })
      // Missing: a build is under way. Until it has ended, the page as it was.
      if (built && built.mtimeMs !== pages.builtAt)
        pages = readPages(dist)
      // Replacement functions: `$&` in CRM text would otherwise be read as a pattern.
      return pages.html
        .replace(/<html[^>]*>/, `<html lang="${htmlLanguage(boot.language)}" dir="${rightToLeft.has(boot.language) ? 'rtl' : 'ltr'}"${themeClass(boot)}>`)
        .replace('<!--boot-->', () => `${preloadLinks(pages.preloads, boot)}<script type="application/json" id="comptoir-boot">${scriptJson(boot)}</script>`)
        .replace('<!--first-->', () => firstHtml)
    },
  }
}

function readPages(dist: string): Pages {
  const index = join(dist, 'index.html')
  const preloads = join(dist, 'placements.json')
  return {
    builtAt: statSync(index).mtimeMs,
    html: readFileSync(index, 'utf8'),
    preloads: existsSync(preloads) ? JSON.parse(readFileSync(preloads, 'utf8')) as Preloads : {},
  }
}

/** The page's own code and texts are asked for at once, not after the first script has found out what it needs. */
function preloadLinks({ placements = {}, pages = {} }: Preloads, { placement, language }: Boot): string {
  const page = pages[placements[placement] ?? '']
  const wanted = page ? [...page.scripts, ...page.texts[language === 'fr' ? 'fr' : 'en']] : []
  return wanted.map(file => `<link rel="modulepreload" crossorigin href="/${file}">`).join('')
}

/** JSON that can't end its script element, whatever CRM text it holds. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** From the first paint on: what the viewer chose, else what the host says; without either the system's own. */
function themeClass({ session, options }: Boot): string {
  const chosen = session?.settings.theme ?? 'auto'
  const theme = chosen === 'auto' ? options.theme : chosen
  return theme === 'dark' || theme === 'light' ? ` class="${theme}"` : ''
}

const htmlLanguage = (language: string): string =>
  /^[a-z]{2}$/.test(language) ? language : 'en'
