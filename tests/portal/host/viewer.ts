import type { IncomingHttpHeaders } from 'node:http'
import type { Portal, User } from '../state.ts'
import type { ViewerLanguage } from './text/index.ts'
import { isViewerLanguage } from './text/index.ts'

export type Theme = 'light' | 'dark'

/** Who looks at the screens in this browser, and how. */
export interface Viewer {
  user: User
  language: ViewerLanguage
  theme: Theme
}

export const viewerCookies = { user: 'portal_user', language: 'portal_language', theme: 'portal_theme' } as const

export function viewerOf(portal: Portal, headers: IncomingHttpHeaders): Viewer {
  const cookies = readCookies(headers.cookie ?? '')
  const users = [...portal.users.values()].filter(({ isActive }) => isActive)
  const user = users.find(({ id }) => String(id) === cookies[viewerCookies.user]) ?? users[0]
  if (!user)
    throw new Error('the portal has no active user to show its screens to')
  const wanted = [cookies[viewerCookies.language], user.language, portal.settings.defaultLanguage]
  const language = wanted.find((code): code is ViewerLanguage => code !== undefined && isViewerLanguage(code)) ?? 'en'
  return { user, language, theme: cookies[viewerCookies.theme] === 'dark' ? 'dark' : 'light' }
}

/** One choice stays in the browser for a year. */
export function rememberCookie(name: keyof typeof viewerCookies, value: string): string {
  return `${viewerCookies[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax`
}

export const isRightToLeft = (language: ViewerLanguage): boolean => language === 'ar'

export const fullName = ({ name, lastName }: User): string => `${name} ${lastName}`.trim()

export const initials = (text: string): string =>
  text.split(/\s+/u).filter(Boolean).slice(0, 2).map(word => [...word][0] ?? '').join('').toUpperCase()

function readCookies(header: string): Record<string, string> {
  const pairs = header.split(';').map(pair => pair.trim().split('='))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, safeDecode(value)]))
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value)
  }
  catch {
    return value
  }
}
