import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyRetention } from '@comptoir/backend/features/personal-data/retention.postgres'
import { historyApi } from '@comptoir/shared/access/history.contract'
import { importApi } from '@comptoir/shared/imports/import.contract'
import { personalDataApi, type PersonSearch } from '@comptoir/shared/personal-data/personal-data.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { vendorDraftApi } from '@comptoir/shared/vendors/vendor-draft.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint } from '../factories/fingerprint.ts'

let comptoir: Comptoir
let portalId: number
let vendorId: string
const name = 'Zélie Quenard'
const email = 'zelie.quenard@exemple.fr'

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  const { db } = comptoir.database
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  await db.updateTable('portals').set({ language: 'fr' }).execute()
  const vendor = await comptoir.call(vendorApi.create, { body: { name: 'Atelier Bois', email, phone: '06 12 34 56 78', notes: `Demander ${name}` } })
  vendorId = vendor.body.vendorId
  await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: vendor.body.version, fields: { phone: '+33 6 12 34 56 79' } } })
  await db.insertInto('crm_users').values({ portal_id: portalId, user_id: 901, name: 'Zélie', last_name: 'Quenard', position: 'Achats', is_active: false }).execute()
  const csv = `Fournisseur;E-mail;Montant\nZ;${email};pas un nombre\n`
  const { body: { importId } } = await comptoir.call(importApi.upload, { query: { name: 'contacts.csv' }, body: csv })
  await db.insertInto('import_issues').values({ portal_id: portalId, import_id: importId, line: 2, ordinal: 9, severity: 'error', code: 'amount', value: 'pas un nombre', cells: JSON.stringify(['Z', email, 'pas un nombre']) }).execute()
  await db.updateTable('imports').set({ state: 'done', finished_at: new Date() }).where('import_id', '=', importId).execute()
  const { statement_id } = await db.insertInto('bank_statements').values({ portal_id: portalId, statement_key: 'k', account_iban: 'FR7630006000011234567890189', format: 'csv', currency: 'EUR', file_name: 'r.csv' })
    .returning('statement_id').executeTakeFirstOrThrow()
  await db.insertInto('bank_transactions').values({ portal_id: portalId, statement_id, transaction_key: 'k1', booked_on: '2026-01-05', amount_minor: -100, currency: 'EUR', counterparty_name: name }).execute()
})
afterAll(() => comptoir?.close())

const search = async (term: string): Promise<PersonSearch> => (await comptoir.call(personalDataApi.search, { body: { term } })).body
const kindsOf = ({ matches }: PersonSearch) => [...new Set(matches.map(({ kind, isErasable }) => `${kind}${isErasable ? '' : ' kept'}`))].sort()
const erase = async (term: string, matchIds: string[]) => comptoir.call(personalDataApi.erase, { body: { term, matchIds } })

describe('personal data', () => {
  it('is found wherever it is, a telephone number however it is written', async () => {
    expect(kindsOf(await search(email.toUpperCase()))).toEqual(['contact', 'importFile', 'importRow'])
    expect(kindsOf(await search('zélie  quenard'))).toEqual(['importFile', 'note', 'person', 'statement kept'])
    const byPhone = await search('0612345678')
    expect(byPhone.matches).toMatchObject([{ kind: 'history', field: 'phone', subject: 'Atelier Bois' }])
    expect((await search('%%%')).matches).toEqual([])
  })

  it('is found in what is typed and not saved, and erased with it', async () => {
    const draft = { values: { name: 'Nouvel atelier', notes: 'Voir Armande Vasseur' }, version: null }
    await comptoir.call(vendorDraftApi.keep, { params: { vendorId: 'new' }, body: draft })
    const found = await search('armande vasseur')
    expect(found.matches).toMatchObject([{ kind: 'draft', subject: 'Nouvel atelier', isErasable: true, value: expect.stringContaining('Armande Vasseur') as string }])
    expect(await erase('armande vasseur', found.matches.map(({ matchId }) => matchId))).toMatchObject({ status: 200, body: { matches: [] } })
    expect((await comptoir.call(vendorDraftApi.get, { params: { vendorId: 'new' } })).body.draft).toBeNull()
  })

  it('is found in reasons, proofs and on whose behalf somebody wrote; dots take the place of what can go', async () => {
    const { db } = comptoir.database
    const own = { portal_id: portalId, vendor_id: vendorId }
    const { document_id } = await db.insertInto('compliance_documents').values({ ...own, kind: 'kbis', verification_note: 'Appel à Basile Thévenot' }).returning('document_id').executeTakeFirstOrThrow()
    await db.insertInto('vendor_fraud_alerts').values({ ...own, reason: 'Courriel signé basile thévenot' }).execute()
    await db.insertInto('vendor_files').values({ ...own, subject: 'document', subject_id: document_id, name: 'CV Basile Thévenot.pdf', bytes: 1, sha256: 'a'.repeat(64) }).execute()
    const found = await search('Basile Thévenot')
    expect(kindsOf(found)).toEqual(['file kept', 'note'])
    await erase('Basile Thévenot', found.matches.filter(({ isErasable }) => isErasable).map(({ matchId }) => matchId))
    expect(kindsOf(await search('Basile Thévenot'))).toEqual(['file kept'])
    expect(await db.selectFrom('compliance_documents').select('verification_note').where('document_id', '=', document_id).executeTakeFirst()).toEqual({ verification_note: '••••' })
  })

  it('is found in a file that waits for its import, and must be left there until it is discarded', async () => {
    const { body: { importId } } = await comptoir.call(importApi.upload, { query: { name: 'attente.csv' }, body: 'Fournisseur;Téléphone\nOdon Brisset;06 99 88 77 66\n' })
    for (const term of ['odon brisset', '+33 6 99 88 77 66'])
      expect((await search(term)).matches).toMatchObject([{ kind: 'importFile', subject: 'attente.csv', isErasable: false }])
    await comptoir.call(importApi.discard, { params: { importId } })
    expect((await search('odon brisset')).matches).toEqual([])
  })

  it('is handed out as a file', async () => {
    const { body } = await comptoir.call(personalDataApi.export, { body: { term: email, format: 'json', language: 'fr' } })
    expect(JSON.parse(Buffer.from(body.base64, 'base64').toString())).toMatchObject({ term: email, content: [{ kind: 'contact', value: email }, {}, {}] })
    const workbook = await comptoir.call(personalDataApi.export, { body: { term: email, format: 'xlsx', language: 'fr' } })
    expect(workbook.body.fileName).toMatch(/^donnees-personnelles-.*\.xlsx$/)
  })

  it('is erased as chosen, with a line that does not say what it was', async () => {
    const { matches } = await search(email)
    expect(await erase(email, matches.map(({ matchId }) => matchId))).toMatchObject({ status: 200, body: { matches: [] } })
    const { body: { vendor } } = await comptoir.call(vendorApi.get, { params: { vendorId } })
    expect(vendor).toMatchObject({ email: null, phone: '+33 6 12 34 56 79', name: 'Atelier Bois' })
    const { body: history } = await comptoir.call(historyApi.list, { query: { field: 'email' } })
    expect(history.lines[0]).toMatchObject({ oldValue: '••••', newValue: null, reason: 'Donnée personnelle effacée' })
    const { body } = await comptoir.call(personalDataApi.get)
    expect(body.erasures.slice(0, 1)).toMatchObject([{ reason: 'request', counts: [{ kind: 'contact', count: 1 }, { kind: 'importRow', count: 1 }, { kind: 'importFile', count: 1 }], by: { userId: 1 } }])
    expect(JSON.stringify(body)).not.toContain('quenard')
  })

  it('takes values out of the history, and nothing else ever changes it', async () => {
    const { matches } = await search('0612345678')
    await erase('0612345678', matches.map(({ matchId }) => matchId))
    expect((await search('0612345678')).matches).toEqual([])
    const { db } = comptoir.database
    const lines = await db.selectFrom('vendor_changes').select(['old_value', 'new_value']).where('vendor_id', '=', vendorId).where('field', '=', 'phone').execute()
    expect(lines).toContainEqual({ old_value: '••••', new_value: '+33 6 12 34 56 79' })
    await expect(db.updateTable('vendor_changes').set({ new_value: JSON.stringify('x') }).execute()).rejects.toThrow('append-only')
    await expect(db.deleteFrom('vendor_changes').execute()).rejects.toThrow('append-only')
  })

  it('forgets who has left, also when the directory is read again, and nobody who is there', async () => {
    const { db } = comptoir.database
    const { matches } = await search(name)
    const person = matches.find(({ kind }) => kind === 'person')!
    await erase(name, [person.matchId])
    const again = { portal_id: portalId, user_id: 901, name: 'Zélie', last_name: 'Quenard', position: 'Achats' }
    const read = async (is_active: boolean) => {
      await db.insertInto('crm_users').values({ ...again, is_active })
        .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet(eb => ({ name: eb.ref('excluded.name'), last_name: eb.ref('excluded.last_name'), position: eb.ref('excluded.position'), is_active }))).execute()
      return db.selectFrom('crm_users').select(['name', 'last_name']).where('user_id', '=', 901).executeTakeFirst()
    }
    expect(await read(false)).toEqual({ name: '', last_name: '' })
    expect(await read(true)).toEqual({ name: 'Zélie', last_name: 'Quenard' })
    expect((await search(name)).matches.find(({ kind }) => kind === 'person')?.isErasable).toBe(false)
  })

  it('erases nothing when one thing that was chosen must stay or is gone', async () => {
    const { matches } = await search(name)
    const before = await fingerprint(comptoir.database)
    expect(await erase(name, matches.map(({ matchId }) => matchId))).toMatchObject({ status: 409, body: { code: 'personal_data.changed_meanwhile' } })
    expect(await erase('Atelier', [`email:${vendorId}`])).toMatchObject({ status: 409 })
    expect(await fingerprint(comptoir.database)).toEqual(before)
  })
})

describe('retention', () => {
  it('says beforehand what it erases, does it once, and leaves what is younger or still in use', async () => {
    const { db } = comptoir.database
    const old = await comptoir.call(vendorApi.create, { body: { name: 'Ancien', email: 'ancien@exemple.fr', phone: '0400000000' } })
    await comptoir.call(vendorApi.create, { body: { name: 'Courant', email: 'courant@exemple.fr' } })
    await db.updateTable('vendors').set({ status: 'terminated', updated_at: new Date('2020-01-01') }).where('vendor_id', '=', old.body.vendorId).execute()
    const periods = { vendorContacts: 24, contactHistory: null, importRows: null }
    const { body: preview } = await comptoir.call(personalDataApi.preview, { body: periods })
    expect(preview).toEqual({ vendorContacts: 2, contactHistory: 0, importRows: 0 })
    expect((await comptoir.call(personalDataApi.saveRetention, { body: periods })).body.periods).toEqual(periods)
    await applyRetention(db, portalId, 'durée écoulée', new Date())
    await applyRetention(db, portalId, 'durée écoulée', new Date())
    const left = await db.selectFrom('vendors').select(['name', 'email', 'phone']).where('name', 'in', ['Ancien', 'Courant']).orderBy('name').execute()
    expect(left).toEqual([{ name: 'Ancien', email: null, phone: null }, { name: 'Courant', email: 'courant@exemple.fr', phone: null }])
    const { body } = await comptoir.call(personalDataApi.get)
    expect(body.erasures.filter(({ reason }) => reason === 'retention')).toMatchObject([{ counts: [{ kind: 'vendorContacts', count: 2 }], by: null }])
    expect(body.inventory.find(({ id }) => id === 'requestLog')?.keptDays).toBe(4)
  })

  it('takes old contact values out of the history, and rows of old imports', async () => {
    const { db } = comptoir.database
    await db.insertInto('vendor_changes').values([
      { portal_id: portalId, vendor_id: vendorId, field: 'email', old_value: JSON.stringify('a@b.fr'), new_value: null, origin: 'person', at: new Date('2019-01-01') },
      { portal_id: portalId, vendor_id: vendorId, field: 'status', old_value: JSON.stringify('active'), new_value: null, origin: 'person', at: new Date('2019-01-01') },
    ]).execute()
    const old = await db.insertInto('imports').values({ portal_id: portalId, file_name: 'old.csv', fingerprint: 'f', size_bytes: 1, state: 'done', finished_at: new Date('2019-01-01') } as never).returning('import_id').executeTakeFirstOrThrow()
    await db.insertInto('import_fixes').values({ portal_id: portalId, import_id: old.import_id, line: 1, column_no: 1, value: 'x' }).execute()
    const periods = { vendorContacts: null, contactHistory: 36, importRows: 12 }
    expect((await comptoir.call(personalDataApi.preview, { body: periods })).body).toEqual({ vendorContacts: 0, contactHistory: 1, importRows: 1 })
    await comptoir.call(personalDataApi.saveRetention, { body: periods })
    await applyRetention(db, portalId, 'durée écoulée', new Date())
    expect((await comptoir.call(personalDataApi.preview, { body: periods })).body).toEqual({ vendorContacts: 0, contactHistory: 0, importRows: 0 })
    expect(await db.selectFrom('vendor_changes').select('old_value').where('field', '=', 'status').where('old_value', 'is not', null).executeTakeFirst()).toEqual({ old_value: 'active' })
  })
})

it('is for administrators', async () => {
  expect(await comptoir.call(personalDataApi.get, {}, await comptoir.session(3))).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
})
