import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'tests',
    include: ['**/*.test.ts'],
    globalSetup: ['../backend/src/platform/storage/test-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
