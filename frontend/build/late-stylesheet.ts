import type { Plugin } from 'vite'

/**
 * Moves the stylesheet behind the skeleton. A stylesheet in the head would hold back the first paint;
 * at the end of the body the skeleton and the first numbers are painted while it loads, and the
 * module script still waits for it.
 */
export function lateStylesheet(): Plugin {
  return {
    name: 'comptoir:late-stylesheet',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links: string[] = []
        const rest = html.replace(/\s*<link rel="stylesheet"[^>]*>/g, (link) => {
          links.push(link.trim())
          return ''
        })
        return rest.replace('</body>', `  ${links.join('\n  ')}\n</body>`)
      },
    },
  }
}
