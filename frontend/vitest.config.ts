import { defineConfig, mergeConfig } from 'vitest/config'
import vite from './vite.config.ts'

export default mergeConfig(vite, defineConfig({
  test: {
    name: 'frontend',
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    environment: 'happy-dom',
    setupFiles: ['src/platform/testing/setup.ts'],
    css: false,
    testTimeout: 15_000,
    retry: 1,
    server: { deps: { inline: [/@bitrix24\/b24ui-nuxt/] } },
  },
}))
