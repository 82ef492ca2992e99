import type { ImportField } from './fields.ts'
import type { ColumnContent } from './sniff.ts'

/** What a title says by its words alone, when it is none of the titles we know. */

const shortForms: Readonly<Record<string, string>> = {
  amt: 'amount', mt: 'montant', mnt: 'montant', fourn: 'fournisseur', frs: 'fournisseur', fourniss: 'fournisseur', dept: 'department', dep: 'department',
  desc: 'description', descr: 'description', inv: 'invoice', pmt: 'payment', pymt: 'payment', trans: 'transaction', txn: 'transaction', ref: 'reference',
  nbr: 'number', num: 'number', cd: 'code', lib: 'libelle', cpte: 'compte', org: 'organisation', supp: 'supplier', vend: 'vendor', qte: 'quantite',
}

/** "Nom fourn.", "Montant H.T.", "VENDOR_CD", "Check Amt" with their words written out. */
export const spelledOut = (words: string): string =>
  words.replace(/\bt t c\b/g, 'ttc').replace(/\bh t\b/g, 'ht').split(' ').map(word => shortForms[word] ?? word).join(' ')

const word = (...alternatives: readonly string[]): RegExp => new RegExp(`(?<![a-z])(?:${alternatives.join('|')})(?![a-z])`, 'g')
const withoutTax = word('ht', 'hors taxes?', 'net of (?:vat|tax)', 'nett?', 'netto', '(?:excl|excluding|exc|ex|less)(?: of)? (?:vat|tax|taxes|gst)', 'untaxed')
const money = word('amounts?', 'montants?', 'betrag', 'umsatz', 'importe', 'importo', 'spend', 'spent', 'expenditure', 'depenses?', 'paid', 'payments?', 'total', 'value', 'valeur', 'cost', 'cout', 'sum', 'somme', 'mandate')
const notSpent = word('vat', 'tva', 'tax', 'taxe', 'iva', 'gst', 'balance', 'solde', 'number', 'numero', 'n', 'no', 'qty', 'quantity', 'quantite', 'unit', 'unite', 'unitaire', 'rate', 'taux', 'year', 'annee', 'month', 'mois', 'date', 'code', 'id', 'type', 'currency', 'devise', 'reste', 'due', 'remise', 'discount', 'escompte', 'fee', 'reference')
const inCurrency = /in (?:local|document|company(?: code)?|base|transaction) currency/
const supplier = word('suppliers?', 'vendors?', 'fournisseurs?', 'payee', 'beneficiar(?:y|ies|ire)', 'creditors?', 'creancier', 'prestataires?', 'titulaires?', 'contractors?', 'merchants?', 'contact', 'lieferant', 'proveedor', 'fornitore')
const notName = word('id', 'code', 'number', 'numero', 'n', 'no', 'type', 'category', 'categorie', 'classification', 'address', 'adresse', 'ville', 'city', 'town', 'postcode', 'post code', 'zip', 'country', 'pays', 'siren', 'siret', 'iban', 'email', 'reference', 'compte', 'account', 'status')
const day = word('date', 'datum', 'fecha', 'data', 'entered')

const has = (pattern: RegExp, words: string): boolean => words.search(pattern) !== -1

/** The field and how sure it is. Amounts before tax win over any other: purchases are compared without it. */
export function offerByWords(words: string, content: ColumnContent): { readonly field: ImportField, readonly score: number } | null {
  if (content.filled === 0)
    return null
  const bare = words.replace(withoutTax, '').replace(inCurrency, '')
  const isWithoutTax = has(withoutTax, words)
  if (content.number >= 0.9 && has(money, words) && !has(notSpent, bare))
    return { field: 'amount', score: isWithoutTax ? 0.97 : 0.75 }
  if (content.text >= 0.9 && has(supplier, words) && !has(notName, words))
    return { field: 'vendorName', score: 0.75 }
  return content.date >= 0.9 && has(day, words) ? { field: 'date', score: 0.62 } : null
}
