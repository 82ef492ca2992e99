import { headerWords } from '../imports/header-words.ts'

export const fileKinds = ['orders', 'receipts', 'invoices'] as const
export type FileKind = (typeof fileKinds)[number]

/** What the columns of a file may be called, folded: no case, accents or punctuation. */
const vendorColumns = {
  vendorCode: ['code fournisseur', 'code tiers', 'compte fournisseur', 'compte tiers', 'no fournisseur', 'n fournisseur', 'vendor code', 'vendor id', 'supplier code', 'supplier id'],
  vendorName: ['fournisseur', 'nom fournisseur', 'nom du fournisseur', 'raison sociale', 'tiers', 'vendor', 'vendor name', 'supplier', 'supplier name'],
  siren: ['siren', 'siret'],
  vatNumber: ['tva intracommunautaire', 'n tva', 'numero de tva', 'vat number', 'vat'],
} as const

const itemColumns = {
  itemCode: ['reference', 'ref', 'reference article', 'code article', 'article', 'sku', 'item', 'item code', 'item number', 'product code'],
  itemName: ['designation', 'libelle', 'libelle article', 'description', 'produit', 'item name', 'item description', 'product', 'label'],
  quantity: ['quantite', 'qte', 'quantite commandee', 'quantite recue', 'quantite livree', 'quantite facturee', 'quantity', 'qty', 'ordered quantity', 'received quantity'],
} as const

const orderNumber = ['commande', 'n commande', 'numero de commande', 'numero commande', 'no commande', 'bon de commande', 'order', 'order number', 'order n', 'purchase order', 'po', 'po number']
const currency = ['devise', 'monnaie', 'currency']

export const documentColumns = {
  orders: {
    ...vendorColumns, ...itemColumns, currency, number: orderNumber,
    day: ['date', 'date commande', 'date de commande', 'commande le', 'order date', 'ordered on'],
    unit: ['unite', 'unit', 'uom'],
    unitPrice: ['prix unitaire', 'pu', 'pu ht', 'prix unitaire ht', 'prix', 'unit price', 'price'],
    requestedOn: ['date souhaitee', 'date demandee', 'souhaite le', 'requested date', 'requested on'],
    promisedOn: ['date promise', 'date prevue', 'date de livraison', 'date livraison', 'date de livraison prevue', 'livraison prevue', 'promis le', 'delai', 'promised date', 'promised on', 'delivery date', 'due date'],
    category: ['categorie', 'famille', 'category'],
    department: ['service', 'departement', 'department'],
  },
  receipts: {
    ...vendorColumns, ...itemColumns, orderNumber,
    number: ['bon de livraison', 'n bl', 'bl', 'numero bl', 'bon de reception', 'reception', 'numero de reception', 'n reception', 'receipt', 'receipt number', 'delivery note'],
    day: ['date', 'date reception', 'date de reception', 'recu le', 'receipt date', 'received on', 'date livraison', 'date de livraison'],
    rejectedQuantity: ['quantite refusee', 'quantite rejetee', 'refuse', 'rejet', 'rejets', 'rejected', 'rejected quantity'],
    rejectReason: ['motif', 'motif du refus', 'motif de refus', 'motif rejet', 'reason', 'reject reason'],
  },
  invoices: {
    ...vendorColumns, ...itemColumns, currency, orderNumber,
    number: ['facture', 'n facture', 'numero de facture', 'numero facture', 'no facture', 'piece', 'n piece', 'invoice', 'invoice number', 'invoice n'],
    kind: ['type', 'nature', 'type de piece', 'kind', 'document type'],
    day: ['date', 'date facture', 'date de facture', 'date piece', 'invoice date', 'issued on'],
    dueOn: ['echeance', 'date echeance', 'date d echeance', 'a payer le', 'due date', 'due on'],
    net: ['montant ht', 'total ht', 'ht', 'montant hors taxes', 'net', 'net amount', 'amount', 'montant'],
    taxRate: ['taux tva', 'taux de tva', 'tva %', 'tax rate', 'vat rate', 'tva'],
    tax: ['montant tva', 'montant de tva', 'tva montant', 'tax', 'tax amount', 'vat amount'],
    taxCategory: ['code tva', 'categorie tva', 'categorie de tva', 'regime tva', 'regime de tva', 'type de tva', 'tax category', 'tax code', 'vat category', 'vat code'],
    iban: ['iban'],
    paymentReference: ['reference de paiement', 'reference paiement', 'payment reference'],
  },
} as const satisfies Record<FileKind, Readonly<Record<string, readonly string[]>>>

export type DocumentField = keyof (typeof documentColumns)['orders'] | keyof (typeof documentColumns)['receipts'] | keyof (typeof documentColumns)['invoices']
export type DocumentMapping = Readonly<Partial<Record<DocumentField, number>>>

/** Each field takes the first column that bears one of its names; a name earlier in the list is preferred. */
export function mapDocumentColumns(kind: FileKind, headers: readonly string[]): DocumentMapping {
  const words = headers.map(headerWords)
  const taken = new Set<number>()
  const mapping: Partial<Record<DocumentField, number>> = {}
  const fields = Object.entries(documentColumns[kind]) as [DocumentField, readonly string[]][]
  // Particular names first, so that a bare « date » is left to whoever still needs it.
  for (const isBare of [false, true]) {
    for (const [field, names] of fields) {
      if (mapping[field] !== undefined)
        continue
      const name = names.find(one => (one === 'date') === isBare && words.some((word, at) => word === one && !taken.has(at)))
      if (name === undefined)
        continue
      mapping[field] = words.findIndex((word, at) => word === name && !taken.has(at))
      taken.add(mapping[field])
    }
  }
  return mapping
}

export const requiredFields = {
  orders: ['number', 'day', 'itemName', 'quantity'],
  receipts: ['number', 'day', 'quantity'],
  invoices: ['number', 'day', 'net'],
} as const satisfies Record<FileKind, readonly DocumentField[]>
