import type { StandardField } from './fields.ts'

/** Header words of the field's own language of trade, normalised; the earlier, the surer. */
export const synonyms: Readonly<Record<StandardField, readonly string[]>> = {
  vendorName: [
    'supplier name', 'vendor name', 'nom fournisseur', 'nom du fournisseur', 'raison sociale', 'raison sociale fournisseur',
    'fournisseur', 'supplier', 'vendor', 'lieferant', 'lieferantenname', 'proveedor', 'nombre proveedor', 'razon social',
    'libelle fournisseur', 'intitule fournisseur', 'denomination', 'denomination sociale', 'comp aux lib', 'compauxlib',
    'libelle tiers', 'nom tiers', 'nom du tiers', 'tiers', 'beneficiaire', 'nom beneficiaire', 'beneficiary', 'beneficiary name', 'payee', 'merchant', 'merchant name',
    'creditor', 'creditor name', 'contractor', 'company name', 'company', 'societe', 'entreprise', 'nom societe', 'firma', 'firmenname', 'empresa', 'fornitore',
    'prestataire', 'nom prestataire', 'nom du prestataire', 'titulaire', 'nom titulaire', 'denomination titulaire', 'titulaire denomination sociale', 'attributaire', 'creancier', 'nom creancier', 'payee name', 'payeename', 'creditors name', 'supplier payee',
    'partner', 'partner name', 'partner id name', 'partenaire', 'vendor display name', 'seller', 'seller name', 'trading name', 'поставщик', 'контрагент', 'наименование поставщика',
    'kreditor', 'contrepartie', 'counterparty', 'intitule', 'intitule du compte', 'nom', 'name', 'nombre',
  ],
  vendorCode: [
    'supplier id', 'vendor id', 'supplier code', 'vendor code', 'supplier number', 'vendor number', 'supplier no', 'vendor no', 'code fournisseur',
    'numero fournisseur', 'n fournisseur', 'no fournisseur', 'id fournisseur', 'ref fournisseur', 'reference fournisseur', 'identifiant fournisseur', 'compte fournisseur',
    'code tiers', 'compte tiers', 'numero tiers', 'compte auxiliaire', 'comp aux num', 'compauxnum', 'auxiliaire', 'lieferantennummer', 'lieferanten nr', 'kreditorennummer',
    'creditor no', 'creditor id', 'creditor code', 'payee id', 'payee number', 'vendor account', 'supplier account', 'supplier ref', 'vendor ref', 'codigo proveedor', 'id proveedor', 'vendor', 'creditor number', 'code', 'identifiant',
  ],
  siren: ['siren', 'numero siren', 'n siren', 'no siren', 'code siren', 'siren fournisseur'],
  siret: ['siret', 'numero siret', 'n siret', 'no siret', 'code siret', 'siret fournisseur'],
  vatNumber: [
    'numero de tva', 'numero tva', 'n tva', 'no tva', 'n tva intracommunautaire', 'numero de tva intracommunautaire', 'tva intracommunautaire', 'tva intracom', 'tva intra', 'code tva intracommunautaire', 'identifiant tva',
    'vat number', 'vat no', 'vat registration number', 'vat id', 'vat', 'tax id', 'ust idnr', 'ust id', 'umsatzsteuer id', 'nif', 'cif', 'partita iva',
  ],
  iban: ['iban', 'compte iban', 'code iban', 'iban fournisseur', 'numero iban', 'compte bancaire', 'bank account', 'iban beneficiaire'],
  bic: ['bic', 'swift', 'bic swift', 'code bic', 'swift code', 'code swift', 'bic code'],
  email: ['email', 'e mail', 'mail', 'courriel', 'adresse email', 'adresse e mail', 'adresse mail', 'email address', 'adresse electronique', 'correo', 'correo electronico'],
  phone: ['telephone', 'tel', 'phone', 'phone number', 'numero de telephone', 'mobile', 'portable', 'telefon', 'telefono', 'telephone 1', 'tel fixe'],
  website: ['website', 'web site', 'site web', 'site internet', 'site', 'url', 'web', 'homepage', 'webseite', 'sitio web'],
  address: ['adresse', 'address', 'rue', 'street', 'adresse 1', 'adresse1', 'address line 1', 'address 1', 'adresse postale', 'voie', 'strasse', 'anschrift', 'direccion', 'domicilio', 'adresse ligne 1'],
  postalCode: ['code postal', 'cp', 'postal code', 'postcode', 'post code', 'zip', 'zip code', 'plz', 'postleitzahl', 'codigo postal'],
  city: ['ville', 'city', 'town', 'commune', 'localite', 'ort', 'stadt', 'ciudad', 'poblacion', 'citta'],
  country: ['pays', 'country', 'country code', 'code pays', 'land', 'pais', 'paese', 'nation'],
  vendorCategory: ['categorie fournisseur', 'type fournisseur', 'famille fournisseur', 'supplier category', 'vendor category', 'supplier type', 'supplier classification', 'secteur', 'secteur d activite', 'activite', 'industry'],
  paymentTerm: [
    'delai de paiement', 'delai paiement', 'delai de reglement', 'delai reglement', 'conditions de paiement', 'condition de paiement', 'conditions de reglement', 'echeance jours', 'delai jours',
    'payment term', 'payment terms', 'payment days', 'terms', 'zahlungsziel', 'zahlungsbedingungen', 'condiciones de pago', 'plazo de pago',
  ],
  tags: ['tags', 'tag', 'etiquettes', 'etiquette', 'mots cles', 'mot cle', 'keywords', 'labels', 'libelles libres', 'schlagworte', 'etiquetas'],
  supplies: ['fournitures', 'produits fournis', 'produits et services', 'produits services', 'prestations fournies', 'services fournis', 'ce qu il fournit', 'supplies', 'products supplied', 'products and services', 'products', 'services', 'goods and services', 'offre'],
  notes: ['notes', 'note', 'remarque', 'remarques', 'commentaire', 'commentaires', 'observation', 'observations', 'comment', 'comments', 'bemerkung', 'notas'],
  date: [
    'paid date', 'payment date', 'date paid', 'date de paiement', 'date paiement', 'date de reglement', 'date reglement', 'date de versement', 'date operation', 'date de l operation', 'date d operation', 'transaction date',
    'date comptable', 'date de comptabilisation', 'ecriture date', 'ecrituredate', 'date ecriture', 'posting date', 'accounting date', 'date de facture', 'date facture', 'invoice date', 'date de la facture', 'date piece', 'piece date', 'piecedate',
    'date', 'date mouvement', 'buchungsdatum', 'belegdatum', 'rechnungsdatum', 'zahlungsdatum', 'datum', 'fecha', 'fecha factura', 'fecha de pago', 'data', 'jour', 'check date', 'cheque date', 'payment clearing date', 'clearing date', 'settlement date', 'date mandat', 'date de mandat', 'date d emission', 'issue date', 'document date', 'bill date', 'gl date', 'date notification', 'date de notification', 'date engagement', 'дата', 'mois', 'month', 'periode', 'period', 'date d achat', 'purchase date', 'date commande', 'order date', 'date valeur', 'value date',
  ],
  amount: [
    'amount', 'montant', 'amount untaxed', 'untaxed amount', 'montant hors taxes', 'montant hors taxe', 'total hors taxes', 'net', 'net value', 'net total', 'net spend', 'net paid', 'montant ht', 'montant net', 'montant paye', 'montant regle', 'montant facture', 'montant de la facture', 'net amount', 'amount net', 'amount excl vat', 'amount ex vat', 'total ht', 'ht', 'amount paid', 'payment amount', 'paid amount', 'invoice amount', 'transaction amount', 'montant ttc', 'total ttc', 'ttc',
    'line amount', 'invoice line amount', 'distribution amount', 'check amount', 'cheque amount', 'dollar amount', 'ap amount', 'voucher amount', 'expenditure amount', 'total spend', 'total spent', 'total paid', 'annual spend', 'depenses', 'total depenses', 'volume d achat', 'chiffre d affaires', 'montant mandate', 'gross', 'brut', 'gross value', 'gross total', 'montant brut', 'сумма', 'montant total', 'montant eur', 'montant euros', 'amount eur', 'amount gbp', 'amount usd', 'gross amount', 'total amount', 'total', 'betrag', 'nettobetrag', 'bruttobetrag', 'summe', 'importe', 'importe total', 'monto', 'importo', 'spend', 'depense', 'value', 'valeur', 'sum', 'somme', 'cout', 'cost', 'prix total',
  ],
  debit: ['debit', 'montant debit', 'debits', 'soll', 'debe', 'sortie', 'debit eur', 'debit euros', 'mouvement debit', 'dare'],
  credit: ['credit', 'montant credit', 'credits', 'haben', 'haber', 'entree', 'credit eur', 'credit euros', 'mouvement credit', 'avere'],
  side: ['sens', 'dr cr', 'cr dr', 'd c', 'c d', 'debit credit', 'credit debit', 'debit ou credit', 'debit credit indicator', 'sens ecriture', 'code sens', 'soll haben', 's h', 'shkzg'],
  currency: ['devise', 'currency', 'currency code', 'code devise', 'monnaie', 'wahrung', 'waehrung', 'moneda', 'divisa', 'idevise', 'valuta'],
  reference: [
    'transaction number', 'trans no', 'transaction no', 'transaction id', 'transaction reference', 'reference', 'ref', 'numero de piece', 'numero piece', 'n piece', 'no piece', 'piece', 'piece ref', 'pieceref', 'numero de facture', 'numero facture', 'n facture', 'no facture', 'facture',
    'invoice number', 'invoice no', 'invoice', 'invoice id', 'invoice reference', 'payment reference', 'payment number', 'document number', 'document no', 'doc no', 'numero document', 'belegnummer', 'beleg nr', 'rechnungsnummer', 'numero de factura', 'numero factura', 'factura', 'referencia', 'numero', 'n', 'no', 'id', 'ecriture num', 'ecriturenum', 'voucher', 'voucher number', 'check number', 'check no', 'check voucher number', 'cheque number', 'cheque no', 'warrant number', 'payment id', 'transaction', 'invoice ref', 'invoice num', 'n mandat', 'numero mandat', 'numero de mandat', 'mandat', 'bordereau', 'n de facture', 'n de piece', 'n commande', 'numero commande', 'bill number', 'document', 'номер',
  ],
  label: ['libelle', 'libelle ecriture', 'libelle de l ecriture', 'libelle operation', 'ecriture lib', 'ecriturelib', 'description', 'designation', 'objet', 'motif', 'intitule ecriture', 'details', 'detail', 'narrative', 'memo', 'purpose', 'text', 'buchungstext', 'verwendungszweck', 'concepto', 'descripcion', 'summary', 'item', 'article', 'produit', 'product', 'prestation', 'nature prestation', 'purpose of spend', 'purpose of payment', 'purpose of expenditure', 'line description', 'invoice description', 'transaction description', 'назначение'],
  category: [
    'expenditure category', 'expenditure type', 'expense type', 'expense category', 'expense area', 'categorie', 'categorie achat', 'categorie d achat', 'category', 'famille', 'famille achat', 'nature', 'nature de la depense', 'nature depense', 'type de depense', 'procurement category',
    'spend category', 'purchase category', 'libelle compte', 'compte lib', 'comptelib', 'account name', 'account description', 'expenditure unit', 'poste', 'rubrique', 'kategorie', 'kostenart', 'categoria', 'subjective', 'merchant category', 'procurement type', 'proclass description', 'account type', 'service category', 'program', 'programme',
  ],
  department: [
    'organisational unit', 'organizational unit', 'organisation unit', 'service area', 'department', 'departement', 'service', 'direction', 'directorate', 'division', 'business unit', 'unite', 'centre de cout', 'centre de couts', 'cost centre', 'cost center', 'section analytique', 'analytique', 'entite', 'entity', 'abteilung', 'kostenstelle', 'departamento', 'area', 'team', 'site', 'etablissement', 'department family', 'department name', 'department title', 'service label', 'servicelabel', 'agency', 'agency name', 'bureau', 'cost centre description', 'cost center description', 'cost centre name', 'committee', 'portfolio',
  ],
  account: ['compte num', 'comptenum', 'compte general', 'numero de compte', 'n compte', 'no compte', 'compte', 'numero compte', 'compte comptable', 'compte collectif', 'account number', 'account no', 'account code', 'account', 'gl account', 'general ledger account', 'konto', 'sachkonto', 'cuenta'],
  journal: ['journal code', 'journalcode', 'code journal', 'journal', 'jnl', 'jrn', 'journal lib', 'journallib', 'libelle journal', 'diario'],
}

/** Headers that look like one of ours and are not: what the file's owner is called, due dates, tax amounts. */
export const foreignHeaders: ReadonlySet<string> = new Set([
  'body name', 'body', 'organisation', 'organization', 'organisation name', 'organization name', 'public body', 'date d echeance', 'date echeance', 'echeance', 'due date', 'date limite', 'montant tva', 'tva', 'vat amount', 'tax amount', 'taux tva', 'vat rate',
  'amount type', 'type', 'caporrev', 'capital or revenue', 'solde', 'balance', 'ecriture let', 'ecriturelet', 'date let', 'datelet', 'valid date', 'validdate', 'montantdevise', 'montant devise', 'expenditure code', 'transaction type', 'posting', 'reste a payer', 'solde du', 'state', 'status', 'statut', 'fiscal year', 'exercice', 'annee', 'year',
])
