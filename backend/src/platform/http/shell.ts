import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Boot } from '@comptoir/shared/portal/portal.contract'

export interface Shell {
  render(boot: Boot, firstHtml: string): string
}

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur'])

/** The built page with the boot data and the first numbers written in. */
export function loadShell(dist: string): Shell {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  return {
    render: (boot, firstHtml) => html
      .replace(/<html[^>]*>/, `<html lang="${htmlLanguage(boot.language)}" dir="${rightToLeft.has(boot.language) ? 'rtl' : 'ltr'}">`)
      // Replacement functions: `$&` in CRM text would otherwise be read as a pattern.
      .replace('<!--boot-->', () => `<script type="application/json" id="comptoir-boot">${scriptJson(boot)}</script>`)
      .replace('<!--first-->', () => firstHtml),
  }
}

/** JSON that can't end its script element, whatever CRM text it holds. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)

const htmlLanguage = (language: string): string =>
  /^[a-z]{2}$/.test(language) ? language : 'en'
