import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalApi } from '@comptoir/shared/access/approval.contract'
import { historyApi } from '@comptoir/shared/access/history.contract'
import { fileApi, type KeptFile } from '@comptoir/shared/files/file.contract'
import { contractApi } from '@comptoir/shared/relationship/contract.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { onlyGrant } from '../factories/rights-stage.ts'

/** Files of vendors in the portal's Drive: kept, read, taken away, and by whom. */
let comptoir: Comptoir
let vendorId: string
let contractId: string
const person = 3

const terms = {
  title: 'Contrat cadre', number: null, startsOn: '2026-01-01', endsOn: null, noticeDays: null, noticeUnit: 'months', isTacitlyRenewed: false, renewalMonths: null,
  amountMinor: null, currency: null, amountPeriod: 'total', ownerUserId: null, documents: [], note: null, signedOn: null,
}
const base64 = (text: string) => Buffer.from(text).toString('base64')
const keep = (name: string, text: string, subjectId = contractId, session?: Awaited<ReturnType<Comptoir['session']>>) =>
  comptoir.call(fileApi.keep, { params: { vendorId }, body: { subject: 'contract', subjectId, name, content: base64(text) } }, session)
const list = async (session?: Awaited<ReturnType<Comptoir['session']>>) => (await comptoir.call(fileApi.list, { params: { vendorId } }, session)).body
const read = (file: KeptFile, session?: Awaited<ReturnType<Comptoir['session']>>) => comptoir.call(fileApi.read, { params: { fileId: file.fileId } }, session)
const calls = (method: string) => comptoir.portal.journal.read('rest').filter(entry => String(entry.method).toLowerCase() === method)

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  vendorId = (await comptoir.call(vendorApi.create, { body: { name: 'Imprimerie: "Vasseur"' } })).body.vendorId
  contractId = (await comptoir.call(contractApi.create, { params: { vendorId }, body: terms })).body.contractId
})
afterAll(() => comptoir?.close())

describe('a file of a contract', () => {
  it('lies in the Drive, in the folder of its vendor, and is read from there', async () => {
    const { status, body } = await keep('Contrat signé.pdf', '%PDF-1.7 un')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Contrat signé.pdf', bytes: 11, subject: 'contract', subjectId: contractId, addedBy: { userId: 1 } })
    expect(await list()).toMatchObject({ hasDrive: true, files: [{ fileId: body.fileId }], editable: ['contract', 'document', 'invoice', 'account'] })
    expect((await read(body)).body).toEqual({ fileName: 'Contrat signé.pdf', contentType: 'application/pdf', base64: base64('%PDF-1.7 un') })
  })

  it('is one file however often it is sent', async () => {
    await keep('Contrat signé (copie).pdf', '%PDF-1.7 un')
    expect((await list()).files.map(({ name }) => name)).toEqual(['Contrat signé.pdf'])
  })

  it.each([['page.html', '<script>'], ['vide.pdf', ''], ['../../..', 'x']])('is refused as %s', async (name, text) => {
    const { status } = await keep(name, text)
    expect(status).toBe(400)
  })

  it('is refused for a contract of another vendor, and for one that is not there', async () => {
    const other = (await comptoir.call(vendorApi.create, { body: { name: 'Autre' } })).body.vendorId
    const contract = (await comptoir.call(contractApi.create, { params: { vendorId: other }, body: terms })).body.contractId
    expect((await keep('a.pdf', 'a', contract)).body).toMatchObject({ code: 'file.subject_unknown' })
    expect((await keep('a.pdf', 'a', crypto.randomUUID())).body).toMatchObject({ code: 'file.subject_unknown' })
  })

  it('is in the vendor\'s history by name, for those who may read its documents', async () => {
    const { body } = await comptoir.call(historyApi.list, { query: { vendorId, field: 'file' } })
    expect(body.lines).toMatchObject([{ field: 'file', newValue: { label: 'Contrat signé.pdf' }, by: { userId: 1 } }])
  })

  it('is neither listed, read, added nor taken away without the right to documents', async () => {
    const { db } = comptoir.database
    const portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
    const [file] = (await list()).files
    await onlyGrant(db, portalId, person, 'admin', ['identity', 'prices', 'bank'])
    const session = await comptoir.session(person)
    const { category } = (await comptoir.call(vendorApi.get, { params: { vendorId } })).body.vendor
    expect(category).toBeNull()
    await db.updateTable('vendors').set({ category: 'Ouvert' }).where('vendor_id', '=', vendorId).execute()
    expect(await list(session)).toMatchObject({ files: [], editable: ['account'] })
    expect((await read(file!, session)).status).toBe(403)
    expect((await keep('b.pdf', 'b', contractId, session)).status).toBe(403)
    expect((await comptoir.call(fileApi.remove, { params: { fileId: file!.fileId } }, session)).status).toBe(403)
    const { body } = await comptoir.call(historyApi.list, { query: { vendorId, field: 'file' } }, session)
    expect(body.lines.map(({ newValue }) => newValue)).toEqual([{}])
  })

  it('goes to the trash when the app was stopped after sending it, before it was noted; what is known stays', async () => {
    const { db } = comptoir.database
    const { body: lost } = await keep('Perdu.pdf', 'perdu')
    const { body: gone } = await keep('Retiré.pdf', 'retiré')
    const row = await db.selectFrom('vendor_files').select('drive_file_id').where('file_id', '=', lost.fileId).executeTakeFirstOrThrow()
    await db.updateTable('vendor_files').set({ drive_file_id: null, created_at: new Date(Date.now() - 3_600_000) }).where('file_id', '=', lost.fileId).execute()
    expect((await list()).files.map(({ name }) => name)).toEqual(['Contrat signé.pdf', 'Retiré.pdf'])
    await comptoir.call(fileApi.remove, { params: { fileId: gone.fileId } })
    await comptoir.idle()
    expect(calls('disk.file.markdeleted').map(({ params }) => Number((params as { id: unknown }).id))).toContain(row.drive_file_id)
    expect(calls('disk.file.markdeleted')).toHaveLength(2)
    expect((await list()).files.map(({ name }) => name)).toEqual(['Contrat signé.pdf'])
    expect(await db.selectFrom('vendor_files').select('file_id').execute()).toHaveLength(1)
  })

  it('goes to the trash of the Drive when it is taken away, and when its contract is', async () => {
    const { body: second } = await keep('Avenant.pdf', 'avenant')
    const [first] = (await list()).files
    await comptoir.call(fileApi.remove, { params: { fileId: first!.fileId } })
    expect((await list()).files.map(({ name }) => name)).toEqual(['Avenant.pdf'])
    await comptoir.idle()
    expect(calls('disk.file.markdeleted')).toHaveLength(3)
    await comptoir.call(contractApi.remove, { params: { contractId } })
    expect((await list()).files).toEqual([])
    expect((await read(second)).body).toMatchObject({ code: 'file.not_found' })
  })
})

describe('a proof of the vendor\'s account', () => {
  const send = (session?: Awaited<ReturnType<Comptoir['session']>>) =>
    comptoir.call(fileApi.keep, { params: { vendorId }, body: { subject: 'account', subjectId: vendorId, name: 'RIB.pdf', content: base64('rib') } }, session)

  it('is read by whoever may read bank details, and lies beside the account that waits for a second person', async () => {
    const { db } = comptoir.database
    const portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
    const { body: { vendor } } = await comptoir.call(vendorApi.get, { params: { vendorId } })
    await comptoir.call(vendorApi.update, { params: { vendorId }, body: { version: vendor.version, fields: { iban: 'FR7630006000011234567890189' } } })
    const { status, body: file } = await send()
    expect(status).toBe(200)
    expect((await comptoir.call(approvalApi.list, { query: {} })).body.ibans).toMatchObject([{ vendorId, proofFiles: [{ fileId: file.fileId, name: 'RIB.pdf' }] }])
    await onlyGrant(db, portalId, person, 'admin', ['identity', 'prices', 'documents'])
    const session = await comptoir.session(person)
    expect((await list(session)).files.filter(({ subject }) => subject === 'account')).toEqual([])
    expect((await read(file, session)).status).toBe(403)
    expect((await send(session)).status).toBe(403)
    expect((await comptoir.call(approvalApi.list, { query: {} }, session)).body.ibans).toMatchObject([{ proofFiles: [] }])
  })
})

describe('a portal that keeps its Drive to itself', () => {
  it('says so, and everything else goes on', async () => {
    const closed = await startComptoir({ data: 'generate:5', app: { scopes: ['crm', 'bizproc', 'placement', 'user_brief', 'im', 'task', 'department'] } })
    const { body: { vendorId: id } } = await closed.call(vendorApi.create, { body: { name: 'Sans Drive' } })
    const { body: contract } = await closed.call(contractApi.create, { params: { vendorId: id }, body: terms })
    expect((await closed.call(fileApi.list, { params: { vendorId: id } })).body).toMatchObject({ hasDrive: false, files: [] })
    expect((await closed.call(fileApi.keep, { params: { vendorId: id }, body: { subject: 'contract', subjectId: contract.contractId, name: 'a.pdf', content: base64('a') } })).body).toMatchObject({ code: 'file.no_drive' })
    await closed.close()
  })
})
