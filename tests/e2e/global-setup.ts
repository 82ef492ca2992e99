import { buildPage } from '../tools/build-page.ts'

/** The journeys look at the pages as they are now. Playwright asks for a default export. */
export default buildPage
