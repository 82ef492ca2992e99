import { fileURLToPath } from 'node:url'
import b24ui from '@bitrix24/b24ui-nuxt/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { appBehind } from './build/app-behind.ts'
import { lateStylesheet } from './build/late-stylesheet.ts'
import { lean } from './build/lean.ts'
import { placementFiles } from './build/placement-files.ts'
import { precompress } from './build/precompress.ts'
import { textChunks } from './build/text-chunks.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    vue(),
    lean(),
    textChunks(),
    b24ui({
      prose: false,
      mdc: false,
      colorMode: false,
      experimental: { componentDetection: true },
      dts: false,
      // Only B24* components resolve by name; our own code is always imported where it is used.
      autoImport: false,
      components: { dirs: [], dts: false },
    }),
    lateStylesheet(),
    placementFiles(),
    precompress(),
    process.env.APP_BEHIND ? appBehind(process.env.APP_BEHIND) : null,
  ],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    // The server names what a placement needs; a list of every page's files would stand in everybody's first script.
    modulePreload: { polyfill: false, resolveDependencies: () => [] },
    chunkSizeWarningLimit: 700,
  },
})
