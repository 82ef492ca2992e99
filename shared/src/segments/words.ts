import type { FieldId, SpendPeriod } from './fields.ts'
import type { Operator, relativePeriods } from './operators.ts'

export type WordLanguage = 'fr' | 'en'

/** What a rule is said with. `{}` stands for a value, and for a list of choices. */
export interface SegmentWords {
  readonly fields: Readonly<Record<FieldId, string>>
  readonly operators: Readonly<Record<Operator, string>>
  readonly periods: Readonly<Record<(typeof relativePeriods)[number], string>>
  readonly spendPeriods: Readonly<Record<SpendPeriod, string>>
  /** Choices that are ours and not the CRM's, by field. */
  readonly choices: Readonly<Partial<Record<FieldId, Readonly<Record<string, string>>>>>
  readonly and: string
  readonly or: string
  readonly none: string
  /** Between the parts of a list in parentheses. */
  readonly semicolon: string
  readonly quotes: readonly [open: string, close: string]
  readonly decimal: string
}

const fr: SegmentWords = {
  fields: {
    amount: 'Montant', currency: 'Devise', pipeline: 'Pipeline', stage: 'Étape', outcome: 'Issue', source: 'Source', responsible: 'Responsable',
    department: 'Service du responsable', title: 'Intitulé', created_on: 'Date de création', closed_on: 'Date de clôture', expected_on: 'Échéance prévue',
    company: 'Entreprise', company_type: 'Type d’entreprise', product: 'Produit', purchases: 'Achats de l’entreprise', returning: 'Client déjà acheteur',
    utm_source: 'Source UTM', utm_medium: 'Support UTM', utm_campaign: 'Campagne UTM',
    vendor_status: 'Statut', vendor_category: 'Catégorie', vendor_country: 'Pays', vendor_city: 'Ville', vendor_name: 'Nom', vendor_spend: 'Dépenses',
    vendor_purchases: 'Nombre d’achats', vendor_last_purchase_on: 'Dernier achat', vendor_created_on: 'Date d’ajout', vendor_payment_term: 'Délai de paiement (jours)',
    vendor_standing: 'Appréciation', vendor_linked: 'Lié à une entreprise du CRM', vendor_tag: 'Étiquette', vendor_supply: 'Produit ou service fourni', vendor_attribute: 'Attribut personnalisé',
  },
  operators: {
    is: 'égal à {}', above: 'supérieur à {}', at_least: 'd’au moins {}', below: 'inférieur à {}', at_most: 'd’au plus {}', between: 'entre {} et {}',
    in: 'parmi {}', not_in: 'hors de {}', contains: 'contient {}', not_contains: 'ne contient pas {}', starts_with: 'commence par {}',
    on_or_after: 'à partir du {}', before: 'avant le {}', last_days: 'dans les {} derniers jours', next_days: 'dans les {} prochains jours',
    older_than_days: 'il y a {} jours ou plus', in_period: 'pendant {}', yes: ': oui', no: ': non', empty: 'sans valeur', filled: 'avec une valeur',
  },
  periods: {
    this_month: 'ce mois-ci', last_month: 'le mois dernier', this_quarter: 'ce trimestre', last_quarter: 'le trimestre dernier', this_year: 'cette année',
    last_year: 'l’année dernière', last_12_months: 'les 12 derniers mois',
  },
  spendPeriods: { last_12_months: 'sur 12 mois', this_year: 'cette année', last_year: 'l’année dernière', all: 'depuis le début' },
  choices: {
    outcome: { open: 'Ouverte', won: 'Gagnée', lost: 'Perdue' },
    vendor_status: { prospect: 'Prospect', onboarding: 'En intégration', active: 'Actif', suspended: 'Suspendu', terminated: 'Résilié' },
    vendor_standing: { 'Critique': 'Critique', 'À surveiller': 'À surveiller', 'Satisfaisant': 'Satisfaisant', 'Excellent': 'Excellent' },
  },
  and: 'et', or: 'ou', none: 'aucune de', semicolon: '\u202F; ', quotes: ['«\u00A0', '\u00A0»'], decimal: ',',
}

const en: SegmentWords = {
  fields: {
    amount: 'Amount', currency: 'Currency', pipeline: 'Pipeline', stage: 'Stage', outcome: 'Outcome', source: 'Source', responsible: 'Responsible person',
    department: 'Responsible person’s department', title: 'Title', created_on: 'Creation date', closed_on: 'Closing date', expected_on: 'Expected close',
    company: 'Company', company_type: 'Company type', product: 'Product', purchases: 'Company’s purchases', returning: 'Returning customer',
    utm_source: 'UTM source', utm_medium: 'UTM medium', utm_campaign: 'UTM campaign',
    vendor_status: 'Status', vendor_category: 'Category', vendor_country: 'Country', vendor_city: 'City', vendor_name: 'Name', vendor_spend: 'Spend',
    vendor_purchases: 'Number of purchases', vendor_last_purchase_on: 'Last purchase', vendor_created_on: 'Date added', vendor_payment_term: 'Payment term (days)',
    vendor_standing: 'Standing', vendor_linked: 'Linked to a CRM company', vendor_tag: 'Tag', vendor_supply: 'Product or service supplied', vendor_attribute: 'Custom attribute',
  },
  operators: {
    is: 'equal to {}', above: 'above {}', at_least: 'at least {}', below: 'below {}', at_most: 'at most {}', between: 'between {} and {}',
    in: 'among {}', not_in: 'not among {}', contains: 'contains {}', not_contains: 'does not contain {}', starts_with: 'starts with {}',
    on_or_after: 'from {} on', before: 'before {}', last_days: 'in the last {} days', next_days: 'in the next {} days',
    older_than_days: '{} days ago or earlier', in_period: 'in {}', yes: ': yes', no: ': no', empty: 'is empty', filled: 'is filled in',
  },
  periods: {
    this_month: 'this month', last_month: 'last month', this_quarter: 'this quarter', last_quarter: 'last quarter', this_year: 'this year',
    last_year: 'last year', last_12_months: 'the last 12 months',
  },
  spendPeriods: { last_12_months: 'over 12 months', this_year: 'this year', last_year: 'last year', all: 'since the beginning' },
  choices: {
    outcome: { open: 'Open', won: 'Won', lost: 'Lost' },
    vendor_status: { prospect: 'Prospect', onboarding: 'Onboarding', active: 'Active', suspended: 'Suspended', terminated: 'Terminated' },
    vendor_standing: { 'Critique': 'Critical', 'À surveiller': 'Watch', 'Satisfaisant': 'Satisfactory', 'Excellent': 'Excellent' },
  },
  and: 'and', or: 'or', none: 'none of', semicolon: '; ', quotes: ['“', '”'], decimal: '.',
}

export const segmentWords: Readonly<Record<WordLanguage, SegmentWords>> = { fr, en }

/** An operator as a choice beside a field, without the places of its values. */
export const operatorName = (words: SegmentWords, operator: Operator): string =>
  words.operators[operator].replaceAll('{}', '…').replace(/^: /, '').replace(/\s…$/, '')
