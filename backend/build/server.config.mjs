// How Vite makes one file of the server for production. Every module of its own costs Node 25 kB beside its code:
// with the thousand modules of the server and its libraries that was a fifth of the memory and half of the start.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = join(root, 'dist')

/** Migrations, pages and fonts are found from where the source stands; what is built says so, too. */
const sourcePlaces = {
  name: 'source-places',
  transform(code, id) {
    if (!id.startsWith(join(root, 'src')) || !code.includes('import.meta.'))
      return null
    const place = relative(outDir, id)
    return code
      .replaceAll('import.meta.dirname', `(import.meta.dirname + ${JSON.stringify(`/${dirname(place)}`)})`)
      .replaceAll('import.meta.filename', `(import.meta.dirname + ${JSON.stringify(`/${place}`)})`)
      .replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`)
  },
}

/** A single accent or curly quote makes Node keep a whole file with two bytes a letter: 7 instead of 4 MB. */
const oneByteALetter = {
  name: 'one-byte-a-letter',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk')
        file.code = file.code.replace(/[^\0-\x7F]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    }
  },
}

export default {
  root,
  plugins: [sourcePlaces, oneByteALetter],
  // Libraries of many small modules come along; those that find files of their own beside them stay where they are.
  ssr: { noExternal: [/^@comptoir\//, 'kysely', 'typebox', 'pg-boss', 'croner', 'ical-generator', 'fast-xml-parser'] },
  build: {
    ssr: 'src/main.ts',
    outDir,
    // A running server still reads the parts it has not needed yet.
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
  },
}
