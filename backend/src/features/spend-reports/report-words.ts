import type { SpendDimension } from '@comptoir/shared/spend-reports/spend-report.contract'

export type ReportLanguage = 'fr' | 'en'

/** Words of the file; the page has its own in the locales. */
export const reportWords = {
  fr: {
    title: { vendor: 'Dépenses par fournisseur', category: 'Dépenses par catégorie', department: 'Dépenses par service', month: 'Dépenses par mois' },
    dimension: { vendor: 'Fournisseur', category: 'Catégorie', department: 'Service', month: 'Mois' },
    period: 'Période', allTime: 'Toutes les dates', from: 'du', to: 'au', rights: 'Droits', rightsOf: 'fournisseurs visibles pour {name}',
    total: 'Dépenses', purchases: 'Achats', vendors: 'Fournisseurs', largest: 'Part du premier', threeLargest: 'Part des trois premiers', index: 'Indice HHI',
    amount: 'Montant', share: 'Part', cumulative: 'Part cumulée', unpriced: 'Sans taux', none: 'Non renseigné', sum: 'Total',
    unpricedNote: '{count} achats dans une devise sans taux ne sont pas dans les montants.',
    largestOnes: 'Les dix premiers', byMonth: 'Par mois', summary: '{label} : {amount}, soit {share}.', nothing: 'Aucun achat dans cette période.',
  },
  en: {
    title: { vendor: 'Spend by vendor', category: 'Spend by category', department: 'Spend by department', month: 'Spend by month' },
    dimension: { vendor: 'Vendor', category: 'Category', department: 'Department', month: 'Month' },
    period: 'Period', allTime: 'All dates', from: 'from', to: 'to', rights: 'Rights', rightsOf: 'vendors visible to {name}',
    total: 'Spend', purchases: 'Purchases', vendors: 'Vendors', largest: 'Share of the largest', threeLargest: 'Share of the three largest', index: 'HHI',
    amount: 'Amount', share: 'Share', cumulative: 'Cumulative share', unpriced: 'Without rate', none: 'Not given', sum: 'Total',
    unpricedNote: '{count} purchases in a currency without rate are not in the amounts.',
    largestOnes: 'The ten largest', byMonth: 'By month', summary: '{label}: {amount}, which is {share}.', nothing: 'No purchase in this period.',
  },
} as const satisfies Record<ReportLanguage, { title: Record<SpendDimension, string> } & Record<string, unknown>>

export const priceWords = {
  fr: {
    title: 'Évolution des prix', code: 'Référence', item: 'Article', first: 'Premier prix', last: 'Dernier prix', baseline: 'Prix de référence', change: 'Évolution',
    quantity: 'Quantité', effect: 'Effet', single: 'Source unique', yes: 'oui', saved: 'Économies', overspent: 'Surcoûts',
  },
  en: {
    title: 'Price history', code: 'Item code', item: 'Item', first: 'First price', last: 'Last price', baseline: 'Reference price', change: 'Change',
    quantity: 'Quantity', effect: 'Effect', single: 'Single source', yes: 'yes', saved: 'Saved', overspent: 'Overspent',
  },
} as const satisfies Record<ReportLanguage, Record<string, string>>

export const punctualityWords = {
  fr: {
    title: 'Ponctualité des livraisons', rule: 'Règle', ruleText: 'quantité complète au plus tard à la première date promise',
    rate: 'À temps et complet, en %', due: 'Lignes attendues', inFull: 'À temps et complet', late: 'En retard ou incomplet', never: 'Jamais livré',
    byMonth: 'Par mois de la date promise', summary: '{inFull} lignes à temps et complètes sur {due}.', nothing: 'Aucune livraison attendue dans cette période.',
    notPromised: 'Lignes sans date promise, non comptées : {count}.',
  },
  en: {
    title: 'Punctuality of deliveries', rule: 'Rule', ruleText: 'the whole quantity by the first promised day',
    rate: 'In time and in full, %', due: 'Lines due', inFull: 'In time and in full', late: 'Late or incomplete', never: 'Never delivered',
    byMonth: 'By month of the promise', summary: '{inFull} of {due} lines in time and in full.', nothing: 'No delivery was due in this period.',
    notPromised: 'Lines without a promised day, not counted: {count}.',
  },
} as const satisfies Record<ReportLanguage, Record<string, string>>

export const filled = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
