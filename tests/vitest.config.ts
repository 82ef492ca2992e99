import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'tests',
    include: ['**/*.test.ts'],
    globalSetup: ['../backend/src/platform/storage/test-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // These start processes, kill them and race them on purpose; a busy machine is not a fault of theirs.
    retry: 1,
  },
})
