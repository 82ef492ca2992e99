import type { Markup } from './html.ts'
import { escapeHtml, trusted } from './html.ts'

const pairs = { b: 'b', i: 'i', u: 'u', s: 's' } as const

/** The few BB codes and links that notifications, tasks and comments may carry; all else stays text. */
export function richText(text: string): Markup {
  let markup = escapeHtml(text.replace(/<br\s*\/?>/gi, '\n'))
  for (const [code, element] of Object.entries(pairs))
    markup = markup.replace(new RegExp(`\\[${code}\\]([\\s\\S]*?)\\[/${code}\\]`, 'gi'), `<${element}>$1</${element}>`)
  markup = markup
    .replace(/\[br\]/gi, '\n')
    .replace(/\[user=\d+\]([\s\S]*?)\[\/user\]/gi, '$1')
    .replace(/\[url=(?:&quot;)?([^\]]+?)(?:&quot;)?\]([\s\S]*?)\[\/url\]/gi, (_, target: string, label: string) => link(target, label))
    .replace(/\[url\]([\s\S]*?)\[\/url\]/gi, (_, target: string) => link(target, target))
    .replace(/&lt;a href=(?:&quot;|&#39;)(.*?)(?:&quot;|&#39;).*?&gt;([\s\S]*?)&lt;\/a&gt;/gi, (_, target: string, label: string) => link(target, label))
  return trusted(markup.replace(/\n/g, '<br>'))
}

/** `target` is escaped already; a scheme other than http leads nowhere. */
function link(target: string, label: string): string {
  const isPath = target.startsWith('/') && !target.startsWith('//')
  if (!isPath && !/^https?:\/\//i.test(target))
    return label
  return isPath ? `<a href="${target}" data-slider>${label}</a>` : `<a href="${target}" target="_blank" rel="noopener noreferrer">${label}</a>`
}
