import type { DeliveredInvoice } from '@comptoir/shared/accounting/accounting.contract'
import { idempotencyHeader, signatureHeader } from '@comptoir/shared/http/signature'

interface Secrets { readonly key: string, readonly signingSecret: string }

const delivery: DeliveredInvoice = {
  vendor: { siren: '552032534' },
  invoice: {
    kind: 'invoice', number: 'F-2026-042', issuedOn: '2026-03-12', dueOn: '2026-04-11', currency: 'EUR', taxMinor: 2000, paymentReference: null,
    lines: [{ description: 'Transport', netMinor: 10_000, taxRate: 20, account: '624100' }],
  },
}

/** A delivery as a shell sends it: the signature is over the moment, a point, and the bytes of the body. */
export const deliveryExample = (origin: string, { key, signingSecret }: Secrets): string => [
  `KEY=${key}`,
  `SECRET=${signingSecret}`,
  `BODY='${JSON.stringify(delivery)}'`,
  'NOW=$(date +%s)',
  'MAC=$(printf %s "$NOW.$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d" " -f1)',
  `curl '${origin}/bx/accounting/invoices' \\`,
  ...['Content-Type: application/json', 'Authorization: Bearer $KEY', `${idempotencyHeader}: F-2026-042`, `${signatureHeader}: t=$NOW,v1=$MAC`].map(header => `  -H "${header}" \\`),
  '  -d "$BODY"',
].join('\n')

export const journalExample = (origin: string, { key }: Secrets): string => [
  `KEY=${key}`,
  `curl '${origin}/bx/accounting/journal?from=2026-01-01&to=2026-01-31&limit=500' \\`,
  '  -H "Authorization: Bearer $KEY"',
].join('\n')
