import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { isAllocated, type Allocation } from '@comptoir/shared/payments/allocation'
import type { BankTransaction, StatementImport, StatementsView } from '@comptoir/shared/payments/payment-run.contract'
import { entryKeys, isBalanced, type Statement, type StatementEntry, type StatementFormat, type StatementWarning } from '@comptoir/shared/payments/statement'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { decide, matchAll, readCandidates, settle, suggestionsFor, toMatchable, undoMatches, type Candidate } from './matches.postgres.ts'
import type { PaymentDeps } from './payable-changes.postgres.ts'
import { readStatementFile } from './read-statement.ts'

export interface StatementFile {
  readonly fileName: string
  readonly base64: string
  readonly accountId?: string
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

export async function importStatement({ db }: PaymentDeps, { portal, viewer }: Caller, file: StatementFile): Promise<StatementImport> {
  const found = readStatementFile({ name: file.fileName, bytes: Buffer.from(file.base64, 'base64') }, portal.currency)
  const account = await accountIban(db, portal.id, file.accountId)
  return db.transaction().execute(async (tx) => {
    // Two people who drop the same file at once: the second one finds everything there.
    await sql`select pg_advisory_xact_lock(hashtext('bank_statements'), ${portal.id})`.execute(tx)
    const counts = { statements: 0, knownStatements: 0, entries: 0, knownEntries: 0, doubles: 0, unbalanced: 0 }
    const warnings = new Set<StatementWarning>()
    for (const { fileName, format, statement: read } of found) {
      const statement = { ...read, accountIban: read.accountIban ?? account }
      const added = await addStatement(tx, portal.id, statement, { fileName, format, userId: viewer.userId })
      counts.statements += added === null ? 0 : 1
      counts.knownStatements += added === null ? 1 : 0
      counts.entries += added?.entries ?? 0
      counts.knownEntries += statement.entries.length - (added?.entries ?? 0)
      counts.doubles += added?.doubles ?? 0
      counts.unbalanced += isBalanced(statement) === false ? 1 : 0
      for (const warning of statement.warnings)
        warnings.add(warning)
    }
    return { ...counts, matched: await matchAll(tx, portal.id), warnings: [...warnings] }
  })
}

async function accountIban(db: Database, portalId: number, accountId: string | undefined): Promise<string | null> {
  if (accountId === undefined)
    return null
  const account = await db.selectFrom('debtor_accounts').select('iban').where('portal_id', '=', portalId).where('account_id', '=', accountId).executeTakeFirst()
  if (!account)
    throw new AppError('payment.account_unknown', { details: { accountId } })
  return account.iban
}

interface Provenance { readonly fileName: string, readonly format: StatementFormat, readonly userId: number }

/** How many of its entries are new, and how many of those may be none; null for a statement that is there already. */
async function addStatement(tx: Tx, portalId: number, statement: Statement, { fileName, format, userId }: Provenance): Promise<{ entries: number, doubles: number } | null> {
  const keys = entryKeys(statement)
  const row = await tx.insertInto('bank_statements').values({
    portal_id: portalId, statement_key: hash([statement.accountIban, statement.bankReference, statement.openingMinor, statement.closingMinor, ...keys].join('\n')),
    account_iban: statement.accountIban, format, bank_reference: statement.bankReference, from_on: statement.fromOn, to_on: statement.toOn, currency: statement.currency,
    opening_minor: statement.openingMinor, closing_minor: statement.closingMinor, is_balanced: isBalanced(statement), file_name: fileName, created_by: userId,
  }).onConflict(conflict => conflict.constraint('bank_statements__key').doNothing()).returning('statement_id').executeTakeFirst()
  if (!row)
    return null
  const alike = await alikeElsewhere(tx, portalId, statement, format)
  const fresh = statement.entries.map((entry, index) => ({ entry, key: keys[index]! })).filter(({ entry }) => !alike.take(entry))
  let added = 0
  for (let start = 0; start < fresh.length; start += 500) {
    const rows = await tx.insertInto('bank_transactions').values(fresh.slice(start, start + 500).map(({ entry, key }) => ({
      portal_id: portalId, statement_id: row.statement_id, transaction_key: hash(key), booked_on: entry.bookedOn, value_on: entry.valueOn,
      amount_minor: entry.amountMinor, currency: entry.currency, end_to_end_id: entry.endToEndId, counterparty_name: entry.counterpartyName,
      counterparty_iban: entry.counterpartyIban, remittance: entry.remittance, bank_reference: entry.bankReference, is_reversal: entry.isReversal,
    }))).onConflict(conflict => conflict.constraint('bank_transactions__key').doNothing()).returning('transaction_id').execute()
    added += rows.length
  }
  return { entries: added, doubles: await markTwins(tx, portalId, row.statement_id, statement.accountIban) }
}

/**
 * Bookings to which the bank gave no reference, and which an earlier statement of the account has with the same day, amount
 * and words, as often as it has them: a statement delivered again under another number, or two payments alike.
 */
async function markTwins(tx: Tx, portalId: number, statementId: string, accountIban: string | null): Promise<number> {
  const alike = sql`booked_on, amount_minor, currency, end_to_end_id, counterparty_iban, remittance`
  const { numAffectedRows } = await sql`
    with fresh as (
      select transaction_id, ${alike}, row_number() over (partition by ${alike} order by transaction_id) as nth
      from bank_transactions where portal_id = ${portalId} and statement_id = ${statementId} and bank_reference is null
    ), known as (
      select transaction_id, ${alike}, row_number() over (partition by ${alike} order by transaction_id) as nth
      from bank_transactions where portal_id = ${portalId} and statement_id <> ${statementId} and twin_id is null
        and statement_id in (select statement_id from bank_statements where portal_id = ${portalId} and account_iban is not distinct from ${accountIban})
        and booked_on between (select min(booked_on) from fresh) and (select max(booked_on) from fresh)
    )
    update bank_transactions t set twin_id = known.transaction_id
    from fresh join known on (fresh.booked_on, fresh.amount_minor, fresh.currency, fresh.nth) = (known.booked_on, known.amount_minor, known.currency, known.nth)
      and (fresh.end_to_end_id, fresh.counterparty_iban, fresh.remittance) is not distinct from (known.end_to_end_id, known.counterparty_iban, known.remittance)
    where t.portal_id = ${portalId} and t.transaction_id = fresh.transaction_id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/**
 * Bookings of the account that came in a file of another format: the same day and amount is the same booking, as often as
 * it stands there. Two formats of one bank share no reference that could tell.
 */
async function alikeElsewhere(tx: Tx, portalId: number, { accountIban, entries }: Statement, format: StatementFormat): Promise<{ take: (entry: StatementEntry) => boolean }> {
  const keyOf = (bookedOn: string, amountMinor: number, currency: string): string => `${bookedOn} ${amountMinor} ${currency}`
  const days = entries.map(entry => entry.bookedOn).sort()
  const rows = accountIban === null || days.length === 0
    ? []
    : await tx.selectFrom('bank_transactions as t')
        .innerJoin('bank_statements as s', join => join.onRef('s.portal_id', '=', 't.portal_id').onRef('s.statement_id', '=', 't.statement_id'))
        .where('t.portal_id', '=', portalId).where('s.account_iban', '=', accountIban).where('s.format', '<>', format)
        .where('t.booked_on', '>=', days[0]!).where('t.booked_on', '<=', days.at(-1)!)
        .select(['t.booked_on', 't.amount_minor', 't.currency', sql<number>`count(*)::int`.as('count')]).groupBy(['t.booked_on', 't.amount_minor', 't.currency']).execute()
  const left = new Map(rows.map(row => [keyOf(row.booked_on, row.amount_minor, row.currency), row.count]))
  return {
    take: ({ bookedOn, amountMinor, currency }) => {
      const key = keyOf(bookedOn, amountMinor, currency)
      const count = left.get(key) ?? 0
      left.set(key, count - 1)
      return count > 0
    },
  }
}

export async function readStatements(db: Database, { portal }: Caller, { status = 'unmatched', limit = 100 }: { status?: 'unmatched' | 'matched' | 'ignored', limit?: number }): Promise<StatementsView> {
  const [statements, transactions, unmatched] = await Promise.all([
    db.selectFrom('bank_statements as s').where('s.portal_id', '=', portal.id).selectAll('s')
      .select([
        sql<number>`(select count(*)::int from bank_transactions t where t.portal_id = s.portal_id and t.statement_id = s.statement_id)`.as('entry_count'),
        sql<number>`(select count(*)::int from bank_transactions t where t.portal_id = s.portal_id and t.statement_id = s.statement_id and t.status = 'unmatched')`.as('unmatched_count'),
      ]).orderBy('s.created_at', 'desc').limit(50).execute(),
    db.selectFrom('bank_transactions').select('transaction_id').where('portal_id', '=', portal.id).where('status', '=', status).orderBy('booked_on', 'desc').orderBy('transaction_id').limit(limit).execute(),
    db.selectFrom('bank_transactions').select(sql<number>`count(*)::int`.as('count')).where('portal_id', '=', portal.id).where('status', '=', 'unmatched').executeTakeFirstOrThrow(),
  ])
  return {
    statements: statements.map(row => ({
      statementId: row.statement_id, fileName: row.file_name, accountIban: row.account_iban, fromOn: row.from_on, toOn: row.to_on, currency: row.currency,
      openingMinor: row.opening_minor, closingMinor: row.closing_minor, isBalanced: row.is_balanced, entryCount: row.entry_count,
      unmatchedCount: row.unmatched_count, importedAt: row.created_at.toISOString(),
    })),
    transactions: await readTransactions(db, portal.id, transactions.map(row => row.transaction_id)),
    unmatchedCount: unmatched.count,
  }
}

async function readTransactions(db: Database, portalId: number, transactionIds: readonly string[]): Promise<BankTransaction[]> {
  if (transactionIds.length === 0)
    return []
  const rows = await db.selectFrom('bank_transactions').selectAll().where('portal_id', '=', portalId).where('transaction_id', 'in', [...transactionIds])
    .select(sql<string | null>`(select s.file_name from bank_transactions o join bank_statements s using (portal_id, statement_id)
      where o.portal_id = bank_transactions.portal_id and o.transaction_id = bank_transactions.twin_id)`.as('twin_file'))
    .orderBy('booked_on', 'desc').orderBy('transaction_id').execute()
  const matches = await db.selectFrom('payment_matches as m')
    .innerJoin('payables as p', join => join.onRef('p.portal_id', '=', 'm.portal_id').onRef('p.payable_id', '=', 'm.payable_id'))
    .innerJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'm.portal_id').onRef('v.vendor_id', '=', 'm.vendor_id'))
    .where('m.portal_id', '=', portalId).where('m.transaction_id', 'in', [...transactionIds]).where('m.undone_at', 'is', null)
    .select(['m.transaction_id', 'm.payable_id', 'm.rule', 'm.is_part', 'p.reference', 'p.amount_minor', 'v.name']).execute()
  const candidates = rows.some(row => row.status === 'unmatched') ? await readCandidates(db, portalId) : []
  return rows.map((row): BankTransaction => ({
    transactionId: row.transaction_id, bookedOn: row.booked_on, amountMinor: row.amount_minor, currency: row.currency,
    counterpartyName: row.counterparty_name, counterpartyIban: row.counterparty_iban, remittance: row.remittance, endToEndId: row.end_to_end_id,
    isReversal: row.is_reversal, twinFile: row.twin_file, status: row.status,
    matches: matches.filter(match => match.transaction_id === row.transaction_id)
      .map(match => ({ payableId: match.payable_id, reference: match.reference, vendorName: match.name, rule: match.rule, amountMinor: match.amount_minor, isPart: match.is_part })),
    suggestions: row.status === 'unmatched' ? suggestionsFor(toMatchable(row), candidates).map(suggestionOf) : [],
  }))
}

const suggestionOf = ({ payableId, reference, vendorName, amountMinor, currency, dueOn }: Candidate) =>
  ({ payableId, reference, vendorName, amountMinor, currency, dueOn })

export type Decision = { readonly kind: 'match', readonly allocations: readonly Allocation[] } | { readonly kind: 'ignore' } | { readonly kind: 'undo' }

/** @throws AppError payment.transaction_not_found; payment.run_moved when it was decided otherwise meanwhile */
export async function decideTransaction({ db }: PaymentDeps, { portal, viewer }: Caller, transactionId: string, decision: Decision): Promise<BankTransaction> {
  await db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('bank_transactions').selectAll().where('portal_id', '=', portal.id).where('transaction_id', '=', transactionId).forUpdate().executeTakeFirst()
    if (!row)
      throw new AppError('payment.transaction_not_found', { details: { transactionId } })
    if ((row.status === 'unmatched') === (decision.kind === 'undo'))
      throw new AppError('payment.run_moved', { details: { status: row.status } })
    if (decision.kind === 'ignore')
      await decide(tx, portal.id, transactionId, 'ignored', viewer.userId)
    if (decision.kind === 'match')
      await matchByPerson(tx, portal.id, row, decision.allocations, viewer.userId)
    if (decision.kind === 'undo') {
      await undoMatches(tx, portal.id, transactionId, viewer.userId)
      await decide(tx, portal.id, transactionId, 'unmatched', viewer.userId)
    }
  })
  const [transaction] = await readTransactions(db, portal.id, [transactionId])
  return transaction!
}

type Booking = { readonly transaction_id: string, readonly booked_on: string, readonly amount_minor: number, readonly currency: string }

/** To the cent: what a booking does not pay of an invoice stays open, and what is left of a booking belongs somewhere. */
async function matchByPerson(tx: Tx, portalId: number, booking: Booking, allocations: readonly Allocation[], userId: number): Promise<void> {
  const ids = allocations.map(({ payableId }) => payableId)
  // In one order, so that two who match at once wait for each other instead of both failing.
  const payables = (await tx.selectFrom('payables').select(['payable_id', 'amount_minor', 'currency']).where('portal_id', '=', portalId)
    .where('payable_id', 'in', ids).orderBy('payable_id').forUpdate().execute()).map(row => ({ payableId: row.payable_id, amountMinor: row.amount_minor, currency: row.currency }))
  const unknown = ids.find(id => !payables.some(({ payableId }) => payableId === id))
  if (unknown !== undefined)
    throw new AppError('payment.payable_not_found', { details: { payableId: unknown } })
  if (!isAllocated({ amountMinor: booking.amount_minor, currency: booking.currency }, allocations, payables))
    throw new AppError('payment.match_differs', { details: { booked: -booking.amount_minor, allocated: allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0), currency: booking.currency } })
  for (const { payableId, amountMinor } of payables) {
    const paid = allocations.find(allocation => allocation.payableId === payableId)!.amountMinor
    await settle(tx, portalId, { transactionId: booking.transaction_id, bookedOn: booking.booked_on, payableId, rule: 'person', by: userId, partMinor: paid === amountMinor ? null : paid })
  }
}
