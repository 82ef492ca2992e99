/// <reference types="vite/client" />

/** The loaders of the texts by language and group, `common` for those that every page needs; cut by build/text-chunks.ts. */
declare module 'virtual:texts' {
  type Group = import('./platform/i18n/text-groups.ts').TextGroup
  type Language = import('./platform/i18n/languages.ts').TextLanguage
  interface Tree { readonly [key: string]: string | Tree }
  const loaders: Readonly<Record<Language, Readonly<Record<Group | 'common' | 'errors', () => Promise<{ default: Tree }>>>>>
  export default loaders
}
