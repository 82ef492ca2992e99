import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '@comptoir/shared/errors'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import type { PortalRecord } from '../../platform/http/caller.ts'
import { handleProblems } from '../../platform/http/problems.ts'
import { requireSession } from '../../platform/http/session-hook.ts'
import { signSession } from '../../platform/http/session-token.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { attributesRoutes } from './attributes.routes.ts'

const sessionKey = randomBytes(32)
const now = new Date('2026-11-22T09:00:00Z')

describe('attributes of vendors over HTTP', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let portal: PortalRecord
  const undeclared: ErrorCode[] = []

  beforeAll(async () => {
    database = await freshDatabase()
    const { portal_id: id } = await database.db.insertInto('portals')
      .values({ member_id: 'home', domain: 'home.example', server_endpoint: 'https://home.example/rest/', client_endpoint: 'https://home.example/rest/' })
      .returning('portal_id').executeTakeFirstOrThrow()
    portal = { id, settings: {} } as unknown as PortalRecord
    // A new portal begins with rights for everybody.
    await database.db.deleteFrom('vendor_grants').where('portal_id', '=', id).execute()
    app = Fastify()
    handleProblems(app, { onUndeclared: code => undeclared.push(code) })
    requireSession(app, { sessionKey, now: () => now, findPortal: async () => portal })
    attributesRoutes(app, { db: database.db, now: () => now })
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })

  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object, viewer: { userId?: number, isAdmin?: boolean } = {}) => {
    const token = signSession({ portalId: portal.id, viewer: { userId: 7, name: 'Ada', isAdmin: true, departmentIds: [], ...viewer }, expiresAt: now.getTime() + 1000 }, sessionKey)
    const response = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...body && { payload: body } })
    return { status: response.statusCode, body: response.json() }
  }
  const add = async (values: object = {}) => {
    const label = `Certification ${randomBytes(4).toString('hex')}`
    const { body } = await ask('POST', '/api/vendor-attributes', { kind: 'choice', label, options: ['Bronze', 'Or'], group: 'identity', requiredFrom: 'never', ...values })
    return (body as { label: string, attributeId: string }[]).find(one => one.label === ((values as { label?: string }).label ?? label))!
  }
  const addVendor = async (status: VendorStatus = 'prospect') => {
    const { vendor_id } = await database.db.insertInto('vendors').values({ portal_id: portal.id, name: 'Atelier', name_key: 'atelier', status }).returning('vendor_id').executeTakeFirstOrThrow()
    return vendor_id
  }

  it('keeps values, words and their history, and tidies what was typed', async () => {
    const { attributeId, label } = await add()
    const vendorId = await addVendor()
    const { body } = await ask('PATCH', `/api/vendors/${vendorId}/attributes`, { version: 1, supplies: [' Palettes ', 'palettes', 'Carton'], tags: ['local'], values: { [attributeId]: 'Or' } })
    expect(body).toMatchObject({ version: 2, supplies: ['Palettes', 'Carton'], tags: ['local'] })
    expect(body.attributes.find((one: { attributeId: string }) => one.attributeId === attributeId)).toMatchObject({ value: 'Or', isRequired: false, mayEdit: true })
    const lines = await database.db.selectFrom('vendor_changes').select(['field', 'old_value', 'new_value']).where('vendor_id', '=', vendorId).orderBy('vendor_change_id').execute()
    expect(lines).toEqual([
      { field: 'tags', old_value: null, new_value: 'local' },
      { field: 'supplies', old_value: null, new_value: 'Palettes, Carton' },
      { field: `attribute:identity:${label}`, old_value: null, new_value: 'Or' },
    ])
    expect((await ask('GET', '/api/vendor-words')).body).toMatchObject({ tags: [{ word: 'local', vendorCount: 1 }], supplies: [{ word: 'Carton' }, { word: 'Palettes' }] })
  })

  it('changes nothing for a value that does not fit, an unknown attribute or an old version', async () => {
    const { attributeId } = await add()
    const vendorId = await addVendor()
    const save = (values: object, version = 1) => ask('PATCH', `/api/vendors/${vendorId}/attributes`, { version, tags: ['x'], values })
    expect((await save({ [attributeId]: 'Étain' })).body).toMatchObject({ code: 'attribute.value_invalid', details: { reason: 'option' } })
    expect((await save({ '00000000-0000-4000-8000-000000000001': 'x' })).body.code).toBe('attribute.not_found')
    expect((await save({}, 2)).body.code).toBe('vendor.changed_meanwhile')
    expect((await ask('GET', `/api/vendors/${vendorId}/attributes`)).body).toMatchObject({ version: 1, tags: [] })
  })

  it('does not let a value go that the vendor’s status asks for', async () => {
    const { attributeId } = await add({ requiredFrom: 'active' })
    const vendorId = await addVendor('active')
    const url = `/api/vendors/${vendorId}/attributes`
    expect((await ask('GET', url)).body.attributes.find((one: { attributeId: string }) => one.attributeId === attributeId)).toMatchObject({ isRequired: true, value: null })
    expect((await ask('PATCH', url, { version: 1, values: { [attributeId]: 'Or' } })).status).toBe(200)
    expect((await ask('PATCH', url, { version: 2, values: { [attributeId]: null } })).body.code).toBe('attribute.required')
  })

  it('shows a value only to those who see its group of fields, also not by its name', async () => {
    const { attributeId } = await add({ group: 'prices' })
    const vendorId = await addVendor()
    await database.db.insertInto('vendor_grants').values({ portal_id: portal.id, subject_kind: 'user', subject_id: 12, scope_kind: 'vendor', vendor_id: vendorId, role: 'editor', field_groups: ['identity'] }).execute()
    const seller = { userId: 12, isAdmin: false }
    const { body } = await ask('GET', `/api/vendors/${vendorId}/attributes`, undefined, seller)
    expect(body.attributes.map((one: { attributeId: string }) => one.attributeId)).not.toContain(attributeId)
    expect((await ask('PATCH', `/api/vendors/${vendorId}/attributes`, { version: 1, values: { [attributeId]: 'Or' } }, seller)).body.code).toBe('attribute.not_found')
    expect((await ask('PATCH', `/api/vendors/${vendorId}/attributes`, { version: 1, tags: ['vu'] }, seller)).body.tags).toEqual(['vu'])
    expect((await ask('GET', `/api/vendors/${vendorId}/attributes`, undefined, { userId: 99, isAdmin: false })).body.code).toBe('vendor.not_found')
  })

  it('lets administrators name, order, archive and restore attributes', async () => {
    const [first, second] = [await add(), await add()]
    expect((await ask('POST', '/api/vendor-attributes', { kind: 'choice', label: first.label.toUpperCase(), options: ['a'], group: 'identity', requiredFrom: 'never' })).body.code).toBe('attribute.label_taken')
    expect((await ask('POST', '/api/vendor-attributes', { kind: 'choice', label: 'Sans choix', options: [' '], group: 'identity', requiredFrom: 'never' })).status).toBe(400)
    const { body: ordered } = await ask('PUT', '/api/vendor-attributes/order', { attributeIds: [second.attributeId, first.attributeId] })
    expect(ordered.slice(0, 2).map((one: { attributeId: string }) => one.attributeId)).toEqual([second.attributeId, first.attributeId])
    await ask('PATCH', `/api/vendor-attributes/${first.attributeId}`, { version: 1, fields: { isArchived: true } })
    const vendorId = await addVendor()
    const { body } = await ask('GET', `/api/vendors/${vendorId}/attributes`)
    expect(body.attributes.map((one: { attributeId: string }) => one.attributeId)).not.toContain(first.attributeId)
    expect((await ask('PATCH', `/api/vendor-attributes/${first.attributeId}`, { version: 1, fields: { isArchived: false } })).body.code).toBe('attribute.changed_meanwhile')
    expect((await ask('POST', '/api/vendor-attributes', {}, { isAdmin: false })).status).toBeGreaterThanOrEqual(400)
    expect(undeclared).toEqual([])
  })
})
