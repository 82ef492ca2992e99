/** How each supplier of the demo company behaves, in the order of `suppliers`. */
export interface Trade {
  readonly category: string
  readonly department: string
  readonly items: readonly { readonly code: string, readonly name: string, readonly unit: string, readonly price: number, readonly quantity: number }[]
  readonly everyDays: number
  readonly leadDays: number
  readonly lateShare: number
  readonly rejectShare: number
  readonly rejectReason: string
  /** Invoices above the ordered price. */
  readonly overpriceShare: number
  readonly yearlyRise: number
  readonly answerHours: number
  readonly termDays: number
  readonly hasContract: boolean
  readonly invoicePrefix: string
}

const item = (code: string, name: string, unit: string, price: number, quantity: number): Trade['items'][number] => ({ code, name, unit, price, quantity })
const usual = { lateShare: 0.1, rejectShare: 0.05, rejectReason: 'Non conforme', overpriceShare: 0.05, yearlyRise: 0.02, answerHours: 10, termDays: 30, hasContract: false }

export const trades: readonly Trade[] = [
  { ...usual, category: 'Impressions', department: 'Marketing', everyDays: 38, leadDays: 8, invoicePrefix: 'FD', rejectReason: 'Teinte non conforme', items: [item('IMP-A5', 'Brochure A5 16 pages', 'ex.', 0.74, 1500), item('IMP-FL', 'Flyer recto verso', 'ex.', 0.06, 5000), item('IMP-KK', 'Kakémono 85 × 200', 'pce', 89, 3)] },
  { ...usual, category: 'Transport', department: 'Logistique', everyDays: 24, leadDays: 3, lateShare: 0.3, overpriceShare: 0.12, yearlyRise: 0.06, invoicePrefix: 'TK-', answerHours: 6, items: [item('TR-PAL', 'Transport palette Grand Ouest', 'pal.', 62, 14), item('TR-EXP', 'Course express 24 h', 'course', 148, 3)] },
  { ...usual, category: 'Sous-traitance', department: 'Production', everyDays: 34, leadDays: 18, lateShare: 0.22, rejectShare: 0.2, rejectReason: 'Cote hors tolérance', invoicePrefix: 'AB', answerHours: 20, termDays: 45, items: [item('ST-USI', 'Usinage carter aluminium', 'pce', 48.5, 70), item('ST-ANO', 'Anodisation', 'lot', 390, 4)] },
  { ...usual, category: 'Composants', department: 'Production', everyDays: 21, leadDays: 14, lateShare: 0.12, yearlyRise: 0.045, hasContract: true, invoicePrefix: 'CR', termDays: 45, items: [item('CMP-CON', 'Connecteur M12 8 pôles', 'pce', 6.85, 420), item('CMP-CAR', 'Carte de commande', 'pce', 74, 45), item('CMP-CAB', 'Câble blindé 4 × 0,75', 'm', 1.92, 600)] },
  { ...usual, category: 'Entretien', department: 'Services généraux', everyDays: 32, leadDays: 2, lateShare: 0.03, rejectShare: 0, hasContract: true, invoicePrefix: 'NL/', items: [item('NET-BUR', 'Nettoyage bureaux, passage', 'passage', 86, 9), item('NET-VIT', 'Vitrerie', 'passage', 240, 1)] },
  { ...usual, category: 'Emballages', department: 'Logistique', everyDays: 27, leadDays: 7, lateShare: 0.08, hasContract: true, yearlyRise: 0.05, invoicePrefix: 'CO', items: [item('EMB-C40', 'Caisse carton 40 × 30 × 30', 'pce', 0.92, 900), item('EMB-FIL', 'Film étirable', 'rlx', 5.4, 60), item('EMB-PAL', 'Palette 80 × 120', 'pce', 9.8, 40)] },
  { ...usual, category: 'Maintenance', department: 'Informatique', everyDays: 45, leadDays: 5, lateShare: 0.15, invoicePrefix: 'OM-', answerHours: 4, items: [item('MNT-FOR', 'Forfait maintenance', 'mois', 980, 1), item('MNT-INT', 'Intervention sur site', 'h', 92, 6)] },
  { ...usual, category: 'Télécom', department: 'Informatique', everyDays: 31, leadDays: 4, lateShare: 0.05, overpriceShare: 0.16, yearlyRise: -0.07, answerHours: 34, invoicePrefix: 'HX', rejectShare: 0, items: [item('TEL-FIB', 'Fibre dédiée, abonnement', 'mois', 410, 1), item('TEL-MOB', 'Ligne mobile', 'ligne', 18.9, 16)] },
  { ...usual, category: 'Fournitures', department: 'Services généraux', everyDays: 40, leadDays: 3, lateShare: 0.02, rejectShare: 0.02, invoicePrefix: 'BO', items: [item('FOU-PAP', 'Ramette A4 80 g', 'ramette', 4.35, 60), item('FOU-CAR', 'Cartouche laser noir', 'pce', 69, 5)] },
  { ...usual, category: 'Matières', department: 'Production', everyDays: 29, leadDays: 21, lateShare: 0.42, rejectShare: 0.16, rejectReason: 'Porosité', overpriceShare: 0.1, yearlyRise: 0.09, hasContract: true, invoicePrefix: 'FV', answerHours: 42, termDays: 60, items: [item('MAT-FON', 'Pièce de fonderie brute', 'pce', 21.4, 160), item('MAT-LIN', 'Lingot aluminium', 'kg', 3.15, 800)] },
  { ...usual, category: 'Réceptions', department: 'Direction', everyDays: 70, leadDays: 10, lateShare: 0, rejectShare: 0.05, rejectReason: 'Plateaux manquants', invoicePrefix: 'MR', items: [item('REC-PLT', 'Plateau repas', 'pce', 19.5, 24), item('REC-COC', 'Cocktail', 'pers.', 34, 20)] },
  { ...usual, category: 'Conseil', department: 'Direction', everyDays: 60, leadDays: 25, lateShare: 0.1, rejectShare: 0, invoicePrefix: 'NH', answerHours: 26, items: [item('CNS-JR', 'Journée de conseil', 'jour', 1_150, 3)] },
]
