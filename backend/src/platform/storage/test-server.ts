import { startTestServer } from './test-database.ts'

/** Vitest global set-up: one PostgreSQL for the whole run. */
export default async function setup(): Promise<() => Promise<void>> {
  const { url, stop } = await startTestServer()
  process.env.TEST_DATABASE_URL = url
  return stop
}
