import type { Bilingual } from '../actions/definitions.ts'

/** What Comptoir offers to BI Builder: tables with the names under which they arrive there. */

export const biColumnTypes = ['int', 'string', 'double', 'date', 'datetime'] as const
export type BiColumnType = (typeof biColumnTypes)[number]

export interface BiColumn {
  /** Upper case, at most 32 characters: the same name on both sides, so that no mapping can be misread. */
  readonly code: string
  readonly type: BiColumnType
  readonly name: Bilingual
}

export interface BiDataset {
  readonly title: Bilingual
  readonly description: Bilingual
  readonly columns: readonly BiColumn[]
}

export const biDatasetCodes = ['vendor_spend_months', 'purchase_lines', 'vendor_scorecards', 'forecast_months', 'deals'] as const
export type BiDatasetCode = (typeof biDatasetCodes)[number]

export const isBiDatasetCode = (code: unknown): code is BiDatasetCode => biDatasetCodes.some(one => one === code)

const column = (code: string, type: BiColumnType, fr: string, en: string): BiColumn => ({ code, type, name: { fr, en } })

const vendorColumns = [
  column('VENDOR_NAME', 'string', 'Fournisseur', 'Vendor'),
  column('VENDOR_CODE', 'string', 'Code du fournisseur', 'Vendor code'),
  column('VENDOR_STATUS', 'string', 'Statut du fournisseur', 'Vendor status'),
  column('VENDOR_CATEGORY', 'string', 'Catégorie du fournisseur', 'Vendor category'),
] as const

/** What joins a row with others comes last: people read the front. */
const vendorIds = [
  column('COMPANY_ID', 'int', 'Entreprise du CRM', 'CRM company'),
  column('VENDOR_ID', 'string', 'Identifiant du fournisseur', 'Vendor id'),
] as const

export const biDatasets: Readonly<Record<BiDatasetCode, BiDataset>> = {
  vendor_spend_months: {
    title: { fr: 'Dépenses par fournisseur et par mois', en: 'Spend by vendor and month' },
    description: { fr: 'Une ligne par fournisseur et par mois, dans la devise du portail', en: 'One row for each vendor and month, in the portal’s currency' },
    columns: [
      ...vendorColumns,
      column('MONTH', 'date', 'Mois', 'Month'),
      column('AMOUNT', 'double', 'Dépenses', 'Spend'),
      column('CURRENCY', 'string', 'Devise', 'Currency'),
      column('PURCHASES', 'int', 'Nombre d’achats', 'Purchases'),
      column('PURCHASES_WITHOUT_RATE', 'int', 'Achats sans taux de change', 'Purchases without exchange rate'),
      ...vendorIds,
    ],
  },
  purchase_lines: {
    title: { fr: 'Lignes d’achat', en: 'Purchase lines' },
    description: { fr: 'Une ligne par achat, avec son montant d’origine et sa conversion', en: 'One row for each purchase, with its own amount and the converted one' },
    columns: [
      ...vendorColumns,
      column('SPENT_ON', 'date', 'Date', 'Date'),
      column('IS_DATE_ASSUMED', 'int', 'Date supposée (1) ou connue (0)', 'Date assumed (1) or known (0)'),
      column('AMOUNT', 'double', 'Montant', 'Amount'),
      column('CURRENCY', 'string', 'Devise', 'Currency'),
      column('AMOUNT_BASE', 'double', 'Montant converti', 'Converted amount'),
      column('BASE_CURRENCY', 'string', 'Devise du portail', 'Portal currency'),
      column('CATEGORY', 'string', 'Catégorie d’achat', 'Purchase category'),
      column('DEPARTMENT', 'string', 'Service', 'Department'),
      column('DEAL_ID', 'int', 'Affaire', 'Deal'),
      column('REFERENCE', 'string', 'Référence', 'Reference'),
      column('LABEL', 'string', 'Libellé', 'Label'),
      ...vendorIds,
      column('PURCHASE_ID', 'string', 'Identifiant de l’achat', 'Purchase id'),
    ],
  },
  vendor_scorecards: {
    title: { fr: 'Notes mensuelles des fournisseurs', en: 'Monthly vendor scores' },
    description: { fr: 'Une ligne par fournisseur et par mois clos ; une note absente reste vide', en: 'One row for each vendor and closed month; a score that is not available stays empty' },
    columns: [
      ...vendorColumns,
      column('MONTH', 'date', 'Mois', 'Month'),
      column('SCORE', 'double', 'Note', 'Score'),
      column('MONTH_SCORE', 'double', 'Note du mois seul', 'Score of the month alone'),
      column('ADJUSTED_SCORE', 'double', 'Note rectifiée', 'Adjusted score'),
      column('COVERAGE', 'double', 'Part des critères mesurés', 'Share of criteria measured'),
      column('STANDING', 'string', 'Classement', 'Standing'),
      column('IS_ACTIVE', 'int', 'Actif dans le mois (1) ou non (0)', 'Active in the month (1) or not (0)'),
      column('FORMULA_VERSION', 'int', 'Version de la formule', 'Formula version'),
      column('RULES_VERSION', 'int', 'Version des règles', 'Rules version'),
      ...vendorIds,
    ],
  },
  forecast_months: {
    title: { fr: 'Prévisions enregistrées', en: 'Recorded forecasts' },
    description: { fr: 'Une ligne par prévision et par mois prévu, telle qu’affichée à l’administrateur qui publie', en: 'One row for each forecast and month ahead, as shown to the administrator who publishes' },
    columns: [
      column('METRIC', 'string', 'Indicateur', 'Metric'),
      column('PIPELINE_ID', 'int', 'Numéro du pipeline', 'Pipeline number'),
      column('PIPELINE', 'string', 'Pipeline', 'Pipeline'),
      column('MADE_AT', 'datetime', 'Établie le', 'Made at'),
      column('MONTH', 'date', 'Mois prévu', 'Month ahead'),
      column('VALUE', 'double', 'Valeur prévue', 'Forecast value'),
      column('LOW_80', 'double', 'Borne basse à 80 %', 'Lower bound, 80%'),
      column('HIGH_80', 'double', 'Borne haute à 80 %', 'Upper bound, 80%'),
      column('LOW_95', 'double', 'Borne basse à 95 %', 'Lower bound, 95%'),
      column('HIGH_95', 'double', 'Borne haute à 95 %', 'Upper bound, 95%'),
      column('CURRENCY', 'string', 'Devise', 'Currency'),
      column('METHOD', 'string', 'Méthode', 'Method'),
      column('IS_LATEST', 'int', 'Dernière prévision (1) ou ancienne (0)', 'Latest forecast (1) or earlier one (0)'),
      column('FORECAST_ID', 'string', 'Identifiant de la prévision', 'Forecast id'),
    ],
  },
  deals: {
    title: { fr: 'Affaires du pipeline', en: 'Pipeline deals' },
    description: { fr: 'Une ligne par affaire, avec son étape, son issue et son responsable', en: 'One row for each deal, with its stage, outcome and responsible person' },
    columns: [
      column('DEAL_ID', 'int', 'Identifiant de l’affaire', 'Deal id'),
      column('TITLE', 'string', 'Affaire', 'Deal'),
      column('PIPELINE', 'string', 'Pipeline', 'Pipeline'),
      column('STAGE', 'string', 'Étape', 'Stage'),
      column('OUTCOME', 'string', 'Issue : open, won ou lost', 'Outcome: open, won or lost'),
      column('AMOUNT', 'double', 'Montant', 'Amount'),
      column('CURRENCY', 'string', 'Devise', 'Currency'),
      column('AMOUNT_BASE', 'double', 'Montant converti', 'Converted amount'),
      column('BASE_CURRENCY', 'string', 'Devise du portail', 'Portal currency'),
      column('COMPANY_ID', 'int', 'Entreprise du CRM', 'CRM company'),
      column('COMPANY', 'string', 'Entreprise', 'Company'),
      column('RESPONSIBLE_ID', 'int', 'Numéro du responsable', 'Responsible person’s number'),
      column('RESPONSIBLE', 'string', 'Responsable', 'Responsible person'),
      column('CREATED_AT', 'datetime', 'Créée le', 'Created at'),
      column('CLOSES_ON', 'date', 'Clôture prévue', 'Expected close'),
      column('CLOSED_AT', 'datetime', 'Close le', 'Closed at'),
    ],
  },
}

/** Changes when columns do: what is published under another mark must be brought up to date. */
export const definitionMark = (code: BiDatasetCode): string => biDatasets[code].columns.map(one => `${one.code}:${one.type}`).sort().join(',')
