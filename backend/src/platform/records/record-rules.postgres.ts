import { sql, type RawBuilder } from 'kysely'

/** What several features must say alike of a record. Each takes the alias under which its table stands in the query. */

/** A deal that counts for nothing in every sum. */
export const lacksAmount = (deal: string): RawBuilder<boolean> => sql<boolean>`coalesce(${sql.ref(`${deal}.amount_minor`)}, 0) = 0`

/**
 * The portal's own invoice to a client. One that belongs to a vendor's company may be anything, so it is no sale;
 * nor is it a purchase, because purchases have a register of their own.
 */
export const isSalesInvoice = (invoice: string): RawBuilder<boolean> => sql<boolean>`not exists (
  select from vendors v where v.portal_id = ${sql.ref(`${invoice}.portal_id`)} and v.company_id = ${sql.ref(`${invoice}.company_id`)})`
