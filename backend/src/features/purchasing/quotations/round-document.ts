import type { ReportDocument } from '@comptoir/shared/documents/report-document'
import { toMajor } from '@comptoir/shared/money'
import type { Round } from '@comptoir/shared/purchasing/quotation.contract'
import { writtenDate } from '../../../platform/documents/written-value.ts'

const words = {
  fr: {
    opened: 'Ouverte le', closes: 'Réponses attendues le', prices: 'Prix unitaires', terms: 'Offres', code: 'Référence', item: 'Désignation', quantity: 'Quantité', unit: 'Unité',
    best: 'Meilleur prix', awarded: 'Retenu', vendor: 'Fournisseur', currency: 'Devise', total: 'Total, port compris', missing: 'Lignes manquantes', shipping: 'Frais de port',
    leadTime: 'Délai (jours)', payment: 'Paiement (jours)', score: 'Note sur 100', conditions: 'Conditions', declined: 'a décliné', bestWhole: 'Meilleure offre complète', split: 'Meilleure répartition',
    note: 'Sans total : aucun prix, fournisseur qui a décliné ou devise sans taux.',
  },
  en: {
    opened: 'Opened on', closes: 'Answers due on', prices: 'Unit prices', terms: 'Quotations', code: 'Item code', item: 'Item', quantity: 'Quantity', unit: 'Unit',
    best: 'Best price', awarded: 'Awarded', vendor: 'Vendor', currency: 'Currency', total: 'Total with shipping', missing: 'Lines missing', shipping: 'Shipping',
    leadTime: 'Lead time (days)', payment: 'Payment (days)', score: 'Score of 100', conditions: 'Terms', declined: 'declined', bestWhole: 'Best whole quotation', split: 'Best split',
    note: 'Without total: no price, a vendor that declined, or a currency without rate.',
  },
} as const

/** Quotations side by side as a file: a column per vendor, then what each of them offers as a whole. */
export function roundDocument(round: Round, { language, timeZone, now }: { readonly language: 'fr' | 'en', readonly timeZone: string, readonly now: Date }): ReportDocument {
  const say = words[language]
  const { quotations, items, currency, split, closesOn } = round
  const nameOf = (vendorId: string | null): string => quotations.find(one => one.vendorId === vendorId)?.vendorName ?? ''
  const priceOf = (quotation: Round['quotations'][number], itemId: string): number | null => quotation.lines.find(line => line.itemId === itemId)?.unitPrice ?? null
  return {
    title: round.title,
    facts: [
      { label: say.opened, value: writtenDate(round.openedOn, language) },
      ...closesOn === null ? [] : [{ label: say.closes, value: writtenDate(closesOn, language) }],
    ],
    madeAt: now.toISOString(),
    language,
    timeZone,
    blocks: [
      {
        type: 'figures',
        items: [
          { label: say.bestWhole, kind: 'money', currency, value: quotations.find(({ vendorId }) => vendorId === round.bestWhole)?.totalMinor ?? null, note: nameOf(round.bestWhole) },
          { label: say.split, kind: 'money', currency, value: split?.totalMinor ?? null, note: [...new Set(Object.values(split?.vendorOfItem ?? {}))].map(nameOf).join(', ') },
        ],
      },
      {
        type: 'table',
        title: say.prices,
        columns: [
          { label: say.code, kind: 'text' }, { label: say.item, kind: 'text' }, { label: say.quantity, kind: 'number' }, { label: say.unit, kind: 'text' },
          ...quotations.map(one => ({ label: `${one.vendorName} (${one.currency})`, kind: 'number' as const })),
          { label: say.best, kind: 'text' }, { label: say.awarded, kind: 'text' },
        ],
        rows: items.map(item => [
          item.itemCode, item.itemName, item.quantity, item.unit, ...quotations.map(one => priceOf(one, item.itemId)), item.best.map(nameOf).join(', '), nameOf(item.awardedVendorId),
        ]),
      },
      {
        type: 'table',
        title: say.terms,
        columns: [
          { label: say.vendor, kind: 'text' }, { label: say.total, kind: 'money', currency }, { label: say.missing, kind: 'integer' }, { label: say.currency, kind: 'text' },
          { label: say.shipping, kind: 'number' }, { label: say.leadTime, kind: 'integer' }, { label: say.payment, kind: 'integer' }, { label: say.score, kind: 'integer' }, { label: say.conditions, kind: 'text' },
        ],
        rows: quotations.map(one => [
          one.vendorName, one.totalMinor, one.missingCount, one.currency, one.shippingMinor === null ? null : toMajor(one.shippingMinor, one.currency),
          one.leadTimeDays, one.paymentTermDays, one.score === null ? null : Math.round(one.score), one.isDeclined ? say.declined : one.terms,
        ]),
        note: say.note,
      },
    ],
  }
}
