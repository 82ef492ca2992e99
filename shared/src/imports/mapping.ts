import { attributeField, importFields, type ColumnMapping, type ImportField, type StandardField } from './fields.ts'
import { headerWords, likeness } from './header-words.ts'
import type { ColumnContent } from './sniff.ts'
import { foreignHeaders, synonyms } from './synonyms.ts'
import type { ImportAttribute } from './vendor-extras.ts'
import { offerByWords, spelledOut } from './title-words.ts'

export type MappingSource = 'header' | 'fuzzy' | 'content' | 'remembered' | 'chosen'

export interface MappedColumn {
  readonly field: ImportField
  readonly column: number
  readonly source: MappingSource
}

/** Beside an account of a supplier, its name. */
const accountTitles = new Set(['libelle compte', 'libelle du compte', 'compte lib', 'comptelib', 'intitule compte', 'intitule du compte', 'intitule', 'account name'])

interface Offer extends MappedColumn {
  readonly score: number
}

const contentFields = ['iban', 'siret', 'siren', 'vatNumber', 'bic', 'email', 'website', 'phone'] as const

/** "Supplier post code", "adresse du titulaire": whose it is says nothing of what it is. */
const ownerWords = /(?<![a-z])(?:(?:du|de la|de|of the|des) )?(?:fournisseurs?|suppliers?|vendors?|titulaires?|beneficiaires?|beneficiary|tiers|creanciers?|payees?|prestataires?)(?![a-z])/g
const ownedFields = new Set<ImportField>(['siren', 'siret', 'vatNumber', 'iban', 'bic', 'email', 'phone', 'website', 'address', 'postalCode', 'city', 'country', 'paymentTerm', 'notes'])

/** One letter makes "supplies" of "supplier": these are known by their own words alone. */
const exactOnly = new Set<StandardField>(['tags', 'supplies', 'side', 'account', 'journal'])

function headerOffer(words: string, field: StandardField): { score: number, source: MappingSource } | null {
  if (words === '' || foreignHeaders.has(words))
    return null
  const names = synonyms[field]
  const rank = names.indexOf(words)
  if (rank !== -1)
    return { score: 1 - rank * 0.002, source: 'header' }
  const undated = words.replace(/(?<!\d)(?:19|20)\d\d(?!\d)/, '').trim()
  if (undated !== words && names.includes(undated))
    return { score: 0.9, source: 'header' }
  const bare = words.replace(ownerWords, '').replace(/ {2,}/g, ' ').trim()
  if (ownedFields.has(field) && bare !== words && names.includes(bare))
    return { score: 0.94, source: 'header' }
  let best = 0
  for (const name of names) {
    // "Montant TTC (EUR)", "Nom du fournisseur principal": a known name with words around it.
    const isInside = name.length > 3 && ` ${words} `.includes(` ${name} `)
    const score = Math.max(isInside ? 0.6 + 0.25 * name.length / words.length : 0, words.length > 6 && !exactOnly.has(field) ? likeness(words, name) - 0.05 : 0)
    best = Math.max(best, score)
  }
  return best >= 0.7 ? { score: best * 0.9, source: 'fuzzy' } : null
}

/** A header may lie: cells decide whether the column can hold what its name promises. */
function contentFactor(field: ImportField, content: ColumnContent): number {
  if (content.filled === 0)
    return 0.6
  if (field === 'amount' || field === 'debit' || field === 'credit')
    return content.number >= 0.5 ? 1 : 0
  if (field === 'date')
    return content.date + content.serialDay >= 0.5 ? 1 : content.month >= 0.5 ? 0.9 : 0
  if (field === 'category' || field === 'department' || field === 'label')
    return content.number >= 0.9 ? 0.6 : 1
  if (field === 'side')
    return content.side >= 0.9 ? 1 : 0
  if (field === 'account')
    return content.code >= 0.6 ? 1 : 0
  if (field === 'vendorName')
    // Codes under the title of a name are taken for names only where nothing better is.
    return content.code >= 0.9 ? 0.55 : 1
  if (field === 'vendorCode')
    return content.text > 0.9 && content.distinct < content.filled && content.number === 0 ? 0.9 : 1
  return 1
}

function offersOf(header: string, column: number, content: ColumnContent, attributes: readonly ImportAttribute[] = []): Offer[] {
  const words = spelledOut(headerWords(header))
  // The portal's own word for something comes before ours.
  const offers: Offer[] = attributes.filter(({ label }) => words !== '' && headerWords(label) === headerWords(header))
    .map(({ attributeId }) => ({ field: attributeField(attributeId), column, source: 'header', score: 1.1 }))
  for (const field of importFields) {
    const named = headerOffer(words, field)
    const score = named ? named.score * contentFactor(field, content) : 0
    if (named && score > 0.5)
      offers.push({ field, column, source: named.source, score })
  }
  const byWords = foreignHeaders.has(words) ? null : offerByWords(words, content)
  if (byWords)
    offers.push({ ...byWords, column, source: 'fuzzy' })
  for (const field of contentFields) {
    // Nine digits pass the SIREN's check one time in ten: only a whole column of them is proof.
    if (content.filled >= 2 && content[field] >= 0.9 && !foreignHeaders.has(words))
      offers.push({ field, column, source: 'content', score: 0.93 * content[field] })
  }
  return offers
}

/** Without any header: the date, the amount and the name are the columns that look most like them. */
function offersByLook(contents: readonly ColumnContent[]): Offer[] {
  return contents.flatMap((content, column): Offer[] => {
    const offers: Offer[] = []
    if (content.filled > 0 && content.date >= 0.9 && content.number < 0.9)
      offers.push({ field: 'date', column, source: 'content', score: 0.5 })
    if (content.filled > 0 && content.number >= 0.9 && content.date < 0.5)
      offers.push({ field: 'amount', column, source: 'content', score: 0.4 + column * 0.001 })
    if (content.filled > 0 && content.text >= 0.9 && content.email < 0.5 && content.iban < 0.5)
      offers.push({ field: 'vendorName', column, source: 'content', score: 0.4 + 0.05 * content.distinct / content.filled })
    return offers
  })
}

/** Gives each field at most one column and each column at most one field, surest first. */
export function mapColumns(headers: readonly string[], contents: readonly ColumnContent[], attributes: readonly ImportAttribute[] = []): MappedColumn[] {
  const isNamed = headers.some(header => header.trim() !== '')
  const offers = isNamed
    ? headers.flatMap((header, column) => offersOf(header, column, contents[column]!, attributes))
    : [...contents.flatMap((content, column) => offersOf('', column, content)), ...offersByLook(contents)]
  offers.sort((a, b) => b.score - a.score || a.column - b.column)
  const mapped: MappedColumn[] = []
  for (const { field, column, source } of offers) {
    if (!mapped.some(taken => taken.field === field || taken.column === column))
      mapped.push({ field, column, source })
  }
  return withoutAmountTwins(bySupplierAccount(withName(mapped, headers), headers, contents)).sort((a, b) => a.column - b.column)
}

/** A title that means the name is the name, whatever its cells look like, unless another column is. */
function withName(mapped: readonly MappedColumn[], headers: readonly string[]): readonly MappedColumn[] {
  if (mapped.some(({ field }) => field === 'vendorName'))
    return mapped
  return mapped.map((column) => {
    const words = headerWords(headers[column.column] ?? '')
    const isName = column.field === 'vendorCode' && synonyms.vendorName.includes(words) && !synonyms.vendorCode.includes(words)
    return isName ? { ...column, field: 'vendorName' as const, source: 'header' as const } : column
  })
}

/** A ledger without a supplier's column: the account says who it is, and its title what they are called. */
function bySupplierAccount(mapped: readonly MappedColumn[], headers: readonly string[], contents: readonly ColumnContent[]): readonly MappedColumn[] {
  const account = mapped.find(({ field }) => field === 'account')?.column
  if (account === undefined || mapped.some(({ field }) => field === 'vendorCode') || contents[account]!.supplierAccount === 0 || contents[account]!.distinct === 1)
    return mapped
  const hasName = mapped.some(({ field }) => field === 'vendorName')
  const title = hasName ? -1 : headers.findIndex(header => accountTitles.has(headerWords(header)))
  return [
    ...mapped.filter(({ column }) => column !== account && column !== title),
    { field: 'vendorCode', column: account, source: 'content' },
    ...title === -1 ? [] : [{ field: 'vendorName', column: title, source: 'content' } as const],
  ]
}

/** Debit and credit say more than a total beside them; one of the two alone is no pair but still an amount. */
function withoutAmountTwins(mapped: readonly MappedColumn[]): MappedColumn[] {
  const has = (field: ImportField): boolean => mapped.some(column => column.field === field)
  if (has('debit') && has('credit'))
    return mapped.filter(column => column.field !== 'amount')
  return mapped.filter(column => !has('amount') || (column.field !== 'debit' && column.field !== 'credit'))
}

export const toMapping = (columns: readonly MappedColumn[]): ColumnMapping =>
  Object.fromEntries(columns.map(({ field, column }) => [field, column]))
