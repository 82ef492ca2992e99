import { sql } from 'kysely'
import { notify } from '../notices/outbox.postgres.ts'
import type { Tx } from '../storage/database.ts'

const words: Readonly<Record<string, { readonly fr: string, readonly en: string }>> = {
  iban: { fr: 'IBAN', en: 'IBAN' },
  bic: { fr: 'BIC', en: 'BIC' },
  accountHolder: { fr: 'titulaire du compte', en: 'account holder' },
  bankProof: { fr: 'justificatif du compte', en: 'proof of the account' },
  name: { fr: 'raison sociale', en: 'legal name' },
  siren: { fr: 'SIREN', en: 'SIREN' },
  siret: { fr: 'SIRET', en: 'SIRET' },
  vatNumber: { fr: 'numéro de TVA', en: 'VAT number' },
  address: { fr: 'adresse', en: 'address' },
  postalCode: { fr: 'code postal', en: 'postcode' },
  city: { fr: 'ville', en: 'city' },
  country: { fr: 'pays', en: 'country' },
  status: { fr: 'statut', en: 'status' },
}

/** Fields by name, in both languages; never their values, which are not for every channel. */
const namesOf = (fields: readonly string[]) => ({
  fr: fields.map(field => words[field]?.fr ?? field).join(', '),
  en: fields.map(field => words[field]?.en ?? field).join(', '),
})

const decisions = {
  approved: { fr: 'approuvé', en: 'approved' },
  rejected: { fr: 'refusé', en: 'rejected' },
} as const

interface Decided {
  readonly portalId: number
  readonly vendorId: string
  readonly proposalId: string
  readonly fields: readonly string[]
  readonly status: 'approved' | 'rejected'
  readonly authorId: number
}

export const tellAuthor = (tx: Tx, { portalId, vendorId, proposalId, fields, status, authorId }: Decided): Promise<void> => notify(tx, {
  portalId, vendorId, kind: 'change_decided', key: `proposal:${proposalId}:decided`, recipients: [authorId],
  params: { subject: namesOf(fields), decision: decisions[status] }, link: { to: 'vendor', vendorId, section: 'rights' },
})

/** The people whom a grant lets decide, without the author; administrators of the portal are not in the mirror. */
export async function tellApprovers(tx: Tx, portalId: number, proposalId: string): Promise<void> {
  const { rows: [row] } = await sql<{ vendor_id: string, fields: string[], author: string | null, approvers: number[] }>`
    select p.vendor_id, array(select jsonb_object_keys(p.changes)) as fields,
      (select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = p.portal_id and u.user_id = p.author_id) as author,
      array(select u.user_id from crm_users u where u.portal_id = p.portal_id and u.is_active and u.user_id is distinct from p.author_id
        and exists (select from vendor_grants_for(p.portal_id, u.user_id, case p.kind when 'bank' then 'bank' else 'identity' end, 'approver') g
          where g.scope_kind = 'all' or g.vendor_group = v.category or g.vendor_id = v.vendor_id)) as approvers
    from vendor_change_proposals p join vendors v on v.portal_id = p.portal_id and v.vendor_id = p.vendor_id
    where p.portal_id = ${portalId} and p.proposal_id = ${proposalId}::uuid`.execute(tx)
  if (!row)
    return
  await notify(tx, {
    portalId, vendorId: row.vendor_id, kind: 'change_proposed', key: `proposal:${proposalId}`,
    recipients: row.approvers.length > 0 ? row.approvers : 'owners',
    params: { author: row.author ?? 'Comptoir', subject: namesOf(row.fields) }, link: { to: 'page', path: '/approvals' },
  })
}
