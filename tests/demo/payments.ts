import { aStatementFile, type WrittenEntry } from '@comptoir/backend/features/payments/testing/statement-files'
import type { Accounting } from '@comptoir/shared/accounting/accounting.contract'
import { legalRates } from '@comptoir/shared/payments/legal-rates'
import type { Run } from '@comptoir/shared/payments/payment-run.contract'
import type { Payable, PayablePage, PaymentSettings } from '@comptoir/shared/payments/payments.contract'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { suppliers } from '../portal/data/companies.ts'
import { bankAccount } from '../portal/data/identifiers.ts'
import { call } from './install.ts'
import { paper } from './paper.ts'

const dayMs = 86_400_000
const ownIban = 'FR7630006000011234567890189'

export interface PaymentCast {
  readonly appUrl: string
  /** Who administers and approves. */
  readonly admin: Session
  /** Who prepares payments: two people are needed for one. */
  readonly buyer: Session
}

const written = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

/** Past months paid as statements say, a few invoices late, one run confirmed and one that waits; left alone once there is an account. */
export async function furnishPayments(cast: PaymentCast, now: Date): Promise<void> {
  const { appUrl, admin, buyer } = cast
  const { accounts } = await call(appUrl, admin, 'GET', '/api/payments/settings') as PaymentSettings
  if (accounts.length > 0)
    return
  const settings = await call(appUrl, admin, 'POST', '/api/payments/accounts', {
    name: 'Comptoir Démonstration SAS', iban: ownIban, bic: null, painVersion: '001.001.09', street: 'rue du Commerce', building: '12', postalCode: '75015', town: 'Paris', country: 'France', isActive: true,
  }) as PaymentSettings
  const { settings: journals } = await call(appUrl, admin, 'GET', '/api/accounting') as Accounting
  await call(appUrl, admin, 'PUT', '/api/accounting/settings', { version: 0, fields: { ...journals, siren: '732829320', categoryAccounts: { Transport: '624100', Maintenance: '615600', Impressions: '623700' } } })
  await call(appUrl, admin, 'PUT', '/api/payments/rates', { rates: legalRates })
  await call(appUrl, admin, 'POST', '/api/access/grants', {
    subjectKind: 'user', subjectId: buyer.viewer.userId, scopeKind: 'all', group: null, vendorId: null, role: 'approver',
    groups: ['identity', 'prices', 'bank', 'documents', 'scores'], validUntil: null, note: null,
  })
  await giveIbans(cast)
  await payPastMonths(cast, now)
  const accountId = settings.accounts[0]!.accountId
  const payable = (await listed(cast, 'open')).filter(({ guards }) => guards.length === 0)
  const confirmed = await run(cast, accountId, payable.slice(0, 3), now)
  await confirm(cast, confirmed, now)
  await prepare(cast, accountId, payable.slice(3, 9), now)
}

/** Entered by one person, approved by the other. */
async function giveIbans({ appUrl, admin, buyer }: PaymentCast): Promise<void> {
  const { vendors } = await call(appUrl, admin, 'GET', '/api/vendors?limit=100') as { vendors: readonly { vendorId: string, name: string }[] }
  for (const [at, [name]] of suppliers.entries()) {
    const vendorId = vendors.find(vendor => vendor.name === name)?.vendorId
    // The last supplier has sent no account yet: its payables say so.
    if (!vendorId || at === suppliers.length - 1)
      continue
    const { vendor } = await call(appUrl, admin, 'GET', `/api/vendors/${vendorId}`) as { vendor: Vendor }
    const { iban } = bankAccount(at)
    if (vendor.iban === null)
      await call(appUrl, admin, 'PATCH', `/api/vendors/${vendorId}`, { version: vendor.version, fields: { iban, accountHolder: at === 1 ? `${name.split(' ')[0]} Holding` : name.toUpperCase(), bankProof: `RIB ${name}, classeur Achats` } })
    if (at < 3)
      await call(appUrl, admin, 'POST', `/api/vendors/${vendorId}/files`, { subject: 'account', subjectId: vendorId, name: `RIB ${name}.pdf`, content: paper([`RIB ${name}`, iban]).toString('base64') })
    const { proposals } = await call(appUrl, buyer, 'GET', `/api/vendors/${vendorId}/proposals`) as { proposals: readonly { proposalId: string, status: string }[] }
    for (const { proposalId, status } of proposals) {
      if (status === 'waiting')
        await call(appUrl, buyer, 'POST', `/api/proposals/${proposalId}/approval`, { comment: null })
    }
    const { vendor: entered } = await call(appUrl, buyer, 'GET', `/api/vendors/${vendorId}`) as { vendor: Vendor }
    if (entered.iban !== null)
      await call(appUrl, buyer, 'POST', '/api/approvals/ibans', { vendors: [{ vendorId, iban: entered.iban }] })
  }
}

async function listed({ appUrl, admin }: PaymentCast, view: string): Promise<Payable[]> {
  const found: Payable[] = []
  for (;;) {
    const { payables, total } = await call(appUrl, admin, 'GET', `/api/payments/payables?view=${view}&limit=200&offset=${found.length}`) as PayablePage
    found.push(...payables)
    if (payables.length === 0 || found.length >= total)
      return found
  }
}

/** One statement a month: what fell due was paid some days later; one in nine of the last three months was not. */
async function payPastMonths(cast: PaymentCast, now: Date): Promise<void> {
  const yesterday = written(now.getTime() - dayMs)
  const recently = written(now.getTime() - 100 * dayMs)
  const due = (await listed(cast, 'due')).filter(({ dueOn, amountMinor }, at) => amountMinor > 0 && dueOn < written(now.getTime() - 6 * dayMs) && !(dueOn > recently && at % 9 === 0))
  const months = Map.groupBy(due, ({ dueOn }) => dueOn.slice(0, 7))
  let openingMinor = 25_000_000
  for (const [month, payables] of [...months].sort()) {
    const entries = payables.map((payable, at): WrittenEntry => ({
      amountMinor: -payable.amountMinor, reference: `${month}-${at + 1}`,
      parts: [{ amountMinor: -payable.amountMinor, endToEndId: payable.reference, name: payable.vendorName }],
    }))
    const income = { amountMinor: 1_000 * Math.ceil(entries.reduce((sum, { amountMinor }) => sum - amountMinor, 0) / 1_000), parts: [], reference: `${month}-0` }
    const bookedOn = [`${month}-28`, yesterday].sort()[0]!
    await read(cast, `releve-${month}.xml`, aStatementFile({ version: '08', iban: ownIban, id: `R-${month}`, bookedOn, openingMinor, entries: [income, ...entries] }))
    openingMinor += income.amountMinor + entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  }
}

const read = ({ appUrl, buyer }: PaymentCast, fileName: string, text: string): Promise<unknown> =>
  call(appUrl, buyer, 'POST', '/api/payments/statements', { fileName, base64: Buffer.from(text).toString('base64') })

const prepare = ({ appUrl, buyer }: PaymentCast, accountId: string, payables: readonly Payable[], now: Date): Promise<Run> =>
  call(appUrl, buyer, 'POST', '/api/payments/runs', { accountId, executionOn: written(now.getTime() + dayMs), payableIds: payables.map(({ payableId }) => payableId), note: null }) as Promise<Run>

async function run(cast: PaymentCast, accountId: string, payables: readonly Payable[], now: Date): Promise<Run> {
  const { appUrl, admin, buyer } = cast
  const draft = await prepare(cast, accountId, payables, now)
  const path = `/api/payments/runs/${draft.paymentRunId}`
  const approved = await call(appUrl, admin, 'POST', `${path}/approval`, { version: draft.version }) as Run
  return await call(appUrl, buyer, 'POST', `${path}/export`, { version: approved.version }) as Run
}

const confirm = (cast: PaymentCast, { items, number }: Run, now: Date): Promise<unknown> =>
  read(cast, `releve-reglement-${number}.xml`, aStatementFile({
    version: '08', iban: ownIban, id: `R-RUN-${number}`, bookedOn: written(now.getTime()), openingMinor: 10_000_000,
    entries: [
      ...items.map(item => ({ amountMinor: -item.amountMinor, parts: [{ amountMinor: -item.amountMinor, endToEndId: item.endToEndId ?? '', name: item.vendorName }] })),
      // Nobody's invoice: a person sets it aside.
      { amountMinor: -1_850, parts: [{ amountMinor: -1_850, endToEndId: 'NOTPROVIDED', name: 'Frais de tenue de compte' }] },
    ],
  }))
