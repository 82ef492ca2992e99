const words = {
  fr: { request: 'Donnée personnelle effacée', retention: 'Donnée personnelle effacée, durée de conservation écoulée' },
  en: { request: 'Personal data erased', retention: 'Personal data erased, kept as long as agreed' },
} as const

/** What the history says instead of the value, in the portal's language. */
export const erasedWords = (language: string): { readonly request: string, readonly retention: string } => language === 'fr' ? words.fr : words.en
