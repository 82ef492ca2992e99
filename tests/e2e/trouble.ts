import type { Page } from '@playwright/test'

export interface Trouble {
  /** A failure that the scenario itself provokes. */
  expect(pattern: RegExp): void
  /** What went wrong without being provoked. */
  found(): string[]
}

/** Console errors, exceptions, failed requests and refused answers of the app's frames. */
export function watchTrouble(page: Page, appUrl: string): Trouble {
  const seen: string[] = []
  const expected: RegExp[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && message.location().url.startsWith(appUrl))
      seen.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => {
    const text = error.stack ?? error.message
    // The stand-in's own screens have their own journeys.
    if (!text.includes('/host/client/'))
      seen.push(`exception: ${text}`)
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // A page that is left, or asks anew while one types, gives up what it asked before.
    if (request.url().startsWith(appUrl) && reason !== 'net::ERR_ABORTED')
      seen.push(`request: ${request.method()} ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.url().startsWith(appUrl) && response.status() >= 400)
      seen.push(`answer: ${response.status()} ${response.request().method()} ${response.url()}`)
  })
  return {
    expect: pattern => expected.push(pattern),
    found: () => seen.filter(text => !expected.some(pattern => pattern.test(text))),
  }
}
