import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Half of a test's time is its database's: one worker a core, where the default leaves a core free.
    maxWorkers: '100%',
    projects: ['shared', 'backend', 'frontend', 'tests'],
  },
})
