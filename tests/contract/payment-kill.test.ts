import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aStatementFile } from '@comptoir/backend/features/payments/testing/statement-files'
import type { Run, StatementImport, StatementsView } from '@comptoir/shared/payments/payment-run.contract'
import type { Payable, PayablePage, PaymentSettings } from '@comptoir/shared/payments/payments.contract'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import { startProcess, type ComptoirProcess } from '../factories/process.ts'
import { call, installApp, openSession } from '../demo/install.ts'
import { peopleIds } from '../portal/data/people.ts'

/** The moments in which money could be lost or sent twice: the bank's file is being written, its statement is being read. */

const iban = 'DE89370400440532013000'
const lineCount = 60
let comptoir: ComptoirProcess
let admin: Session
let buyer: Session
beforeAll(async () => {
  comptoir = await startProcess({ data: 'none' })
  admin = await installApp(comptoir.portal, comptoir.app, comptoir.url)
  buyer = await openSession(comptoir.portal, comptoir.app, comptoir.portal.users.get(peopleIds.buyer)!)
}, 120_000)
afterAll(() => comptoir?.close())

const ask = <T>(session: Session, method: string, path: string, body?: unknown): Promise<T> => call(comptoir.url, session, method, path, body) as Promise<T>

async function approvedRun(): Promise<Run> {
  await ask(admin, 'POST', '/api/access/grants', {
    subjectKind: 'user', subjectId: peopleIds.buyer, scopeKind: 'all', group: null, vendorId: null, role: 'approver', groups: ['identity', 'prices', 'bank'], validUntil: null, note: null,
  })
  const { accounts } = await ask<PaymentSettings>(admin, 'POST', '/api/payments/accounts', {
    name: 'Comptoir SAS', iban, bic: null, painVersion: '001.001.09', street: null, building: null, postalCode: null, town: null, country: null, isActive: true,
  })
  const { vendorId } = await ask<{ vendorId: string }>(admin, 'POST', '/api/vendors', { name: 'Atelier Roux', iban: 'FR7630006000011234567890189' })
  await ask(buyer, 'POST', '/api/approvals/ibans', { vendors: [{ vendorId, iban: 'FR7630006000011234567890189' }] })
  const today = new Date().toISOString().slice(0, 10)
  const { payableIds } = await ask<{ payableIds: string[] }>(admin, 'POST', '/api/payments/payables', { vendorId, reference: 'PLAN', issuedOn: today, dueOn: today, amountMinor: 600_030, currency: 'EUR', count: lineCount, everyMonths: 1 })
  const draft = await ask<Run>(buyer, 'POST', '/api/payments/runs', { accountId: accounts[0]!.accountId, executionOn: today, payableIds, note: null })
  return ask<Run>(admin, 'POST', `/api/payments/runs/${draft.paymentRunId}/approval`, { version: draft.version })
}

/** Whatever the call comes to, its process is killed while it works on it. */
async function killedDuring(started: Promise<unknown>, afterMs: number): Promise<void> {
  const ended = started.catch(() => null)
  await pause(afterMs)
  await comptoir.demo.restart('SIGKILL')
  await ended
}

async function payables(): Promise<readonly Payable[]> {
  return (await ask<PayablePage>(admin, 'GET', '/api/payments/payables?view=all&limit=200')).payables
}

it('a run whose export is cut off by a crash was written whole or not at all, and its statement is read once', async () => {
  const { paymentRunId, version } = await approvedRun()
  const read = () => ask<Run>(buyer, 'GET', `/api/payments/runs/${paymentRunId}`)
  const write = () => ask<Run>(buyer, 'POST', `/api/payments/runs/${paymentRunId}/export`, { version })
  await killedDuring(write(), 40)
  const { status, fileSha256 } = await read()
  expect([status, fileSha256 !== null]).toEqual(status === 'exported' ? ['exported', true] : ['approved', false])
  expect(new Set((await payables()).map(payable => payable.status))).toEqual(new Set([status === 'exported' ? 'sent' : 'in_run']))
  await write().catch(() => null)
  const run = await read()
  const file = await ask<{ text: string, sha256: string }>(buyer, 'GET', `/api/payments/runs/${paymentRunId}/file`)
  expect([run.status, createHash('sha256').update(file.text).digest('hex'), file.text.match(/<CdtTrfTxInf>/g)?.length]).toEqual(['exported', run.fileSha256, lineCount])

  const statement = aStatementFile({
    version: '08', iban, id: 'KILL', openingMinor: 1_000_000,
    entries: run.items.map(({ amountMinor, endToEndId }) => ({ amountMinor: -amountMinor, parts: [{ amountMinor: -amountMinor, endToEndId: endToEndId ?? '' }] })),
  })
  const upload = () => ask<StatementImport>(buyer, 'POST', '/api/payments/statements', { fileName: 'releve.xml', base64: Buffer.from(statement).toString('base64') })
  await killedDuring(upload(), 80)
  expect(new Set((await payables()).map(payable => payable.status)).size, 'all are paid, or none').toBe(1)
  const last = await upload()
  expect(last.entries + last.knownEntries).toBe(lineCount)
  const { transactions } = await ask<StatementsView>(buyer, 'GET', '/api/payments/statements?status=matched&limit=200')
  expect(transactions.map(({ matches }) => matches.length)).toEqual(Array.from({ length: lineCount }, () => 1))
  expect(new Set((await payables()).map(payable => payable.status))).toEqual(new Set(['paid']))
  expect(await read()).toMatchObject({ status: 'confirmed', confirmedCount: lineCount })
}, 120_000)
