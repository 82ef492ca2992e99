import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'shared', include: ['src/**/*.test.ts'], setupFiles: ['src/testing/setup.ts'], testTimeout: 15_000 },
})
