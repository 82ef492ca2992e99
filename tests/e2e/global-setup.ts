import { buildPage } from '../tools/build-page.ts'
import { buildServer } from '../tools/build-server.ts'

/** The journeys look at pages and server as they are now. Playwright asks for a default export. */
export default function build(): void {
  buildPage()
  buildServer()
}
