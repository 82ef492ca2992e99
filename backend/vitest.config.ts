import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'backend',
    include: ['src/**/*.test.ts'],
    globalSetup: ['src/platform/storage/test-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    retry: 1,
  },
})
