import type { TextKey } from '../text/index.ts'

interface PageData {
  origin: string
  uri: string
  isInSlider: boolean
  language: string
  userId: number
  texts: Record<TextKey, string>
}

export const pageData = JSON.parse(document.querySelector('#portal-data')?.textContent ?? '{}') as PageData

export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return (pageData.texts[key] ?? key).replace(/\{(\w+)\}/g, (found, name: string) => String(values[name] ?? found))
}

/** A request that a script makes; the server then answers data instead of a page to go to. */
export async function send(path: string, body?: unknown): Promise<Response> {
  const isForm = body instanceof FormData
  return fetch(path, {
    method: 'POST',
    headers: { 'x-portal-script': '1', ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : isForm ? new URLSearchParams([...body].map(([name, value]) => [name, String(value)])) : JSON.stringify(body),
  })
}

export function toast(text: string): void {
  let box = document.querySelector('.toasts')
  if (!box) {
    box = document.createElement('div')
    box.className = 'toasts'
    box.setAttribute('role', 'status')
    document.body.append(box)
  }
  const item = document.createElement('div')
  item.className = 'toast'
  item.textContent = text
  box.append(item)
  setTimeout(() => item.remove(), 5000)
}

/** An element with attributes and children; text stays text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** For text that the server has escaped already. */
export function setMarkup(element: Element, markup: string): void {
  element.innerHTML = markup
}
