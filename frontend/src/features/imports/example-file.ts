import { t, textLanguage } from '../../platform/i18n/i18n.ts'

const titles = {
  fr: ['Date', 'Fournisseur', 'Code', 'Ville', 'Catégorie', 'Référence', 'Montant HT'],
  en: ['Date', 'Vendor', 'Code', 'City', 'Category', 'Reference', 'Net amount'],
}

/** Invented; what each is paid in a month, in whole units of the currency. */
const vendors = [
  ['Exemple – Menuiserie Aubépine', 'Angers', 'Production', 4_200],
  ['Exemple – Transports du Cormier', 'Le Mans', 'Transport', 2_650],
  ['Exemple – Papeterie Verveine', 'Nantes', 'Fournitures', 380],
  ['Exemple – Énergie Solstice', 'Rennes', 'Énergie', 1_240],
  ['Exemple – Atelier Ronce & Fils', 'Cholet', 'Production', 3_100],
  ['Exemple – Conseil Tramontane', 'Tours', 'Services', 1_800],
] as const
const months = 6

/** A table as a French spreadsheet writes it, with purchases of the months before this one: to try an import with, and to undo. */
export function exampleFile(today: Date): File {
  const rows = vendors.flatMap(([name, city, category, monthly], at) =>
    Array.from({ length: months }, (_, back) => {
      const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1 - back, 5 + 3 * at))
      const amount = monthly * (1 + ((at + 2 * back) % 5 - 2) / 20)
      return [dayText(day), name, `EX-${at + 1}`, city, category, `EX${at + 1}-${day.getUTCMonth() + 1}`, amount.toFixed(2).replace('.', ',')]
    }))
  const text = [titles[textLanguage()], ...rows].map(cells => cells.join(';')).join('\r\n')
  return new File([`\uFEFF${text}\r\n`], t('imports.example.fileName'), { type: 'text/csv' })
}

const dayText = (day: Date): string => day.toISOString().slice(0, 10).split('-').reverse().join('/')
