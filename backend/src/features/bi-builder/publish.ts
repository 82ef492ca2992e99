import { biDatasets, definitionMark, type BiDatasetCode } from '@comptoir/shared/bi-builder/datasets'
import type { BiStepId } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { AppError } from '@comptoir/shared/errors'
import { biLogo } from './logo.ts'
import { idOf, toObject, toObjects, underFreeName, unlessGone, type CallPortal } from './portal-calls.ts'

/** What stands in our tables about a publication; the numbers are the portal's. */
export interface BiStore {
  connectorId(): Promise<number | null>
  sourceId(): Promise<number | null>
  datasetOf(code: BiDatasetCode): Promise<{ readonly datasetId: number | null, readonly isChosen: boolean }>
  saveConnector(connectorId: number): Promise<void>
  saveSource(sourceId: number, keyId: string): Promise<void>
  saveDataset(code: BiDatasetCode, dataset: { datasetId: number, name: string, definition: string } | null): Promise<void>
  /** The key that the connection shall have; made when there is none. */
  key(): Promise<{ readonly keyId: string, readonly key: string }>
}

export interface PublishContext {
  readonly call: CallPortal
  readonly store: BiStore
  readonly publicUrl: string
  readonly language: 'fr' | 'en'
}

export const keySetting = 'apiKey'

/** A portal shows an app only the connectors that it made; ours have this address, on whatever host. */
const isOurs = ({ urlData }: Record<string, unknown>): boolean => typeof urlData === 'string' && urlData.endsWith('/bx/bi/data')

const words = {
  connector: { fr: 'Comptoir : achats et analyses', en: 'Comptoir: purchasing and analytics' },
  about: { fr: 'Dépenses, notes des fournisseurs, prévisions et affaires', en: 'Spend, vendor scores, forecasts and deals' },
  key: { fr: 'Clé Comptoir', en: 'Comptoir key' },
  source: { fr: 'Comptoir', en: 'Comptoir' },
} as const

/** Each step finds what is there and brings it to what we want, so that taking it again does no harm. */
export async function takeStep(step: BiStepId, context: PublishContext): Promise<void> {
  if (step === 'connector')
    return publishConnector(context)
  if (step === 'source')
    return publishSource(context)
  return publishDataset(context, step)
}

async function publishConnector({ call, store, publicUrl, language }: PublishContext): Promise<void> {
  const fields = {
    title: words.connector[language], logo: biLogo, description: words.about[language], sort: 100,
    urlCheck: `${publicUrl}/bx/bi/check`, urlTableList: `${publicUrl}/bx/bi/tables`, urlTableDescription: `${publicUrl}/bx/bi/table`, urlData: `${publicUrl}/bx/bi/data`,
    settings: [{ code: keySetting, name: words.key[language], type: 'STRING' }],
  }
  const known = toObjects(await call('biconnector.connector.list', {}))
  const stored = await store.connectorId()
  const found = known.find(one => Number(one.id) === stored) ?? known.find(isOurs)
  if (found) {
    await call('biconnector.connector.update', { id: Number(found.id), fields })
    return store.saveConnector(Number(found.id))
  }
  await store.saveConnector(idOf(await call('biconnector.connector.add', { fields })))
}

async function publishSource({ call, store, language }: PublishContext): Promise<void> {
  const connectorId = await store.connectorId()
  if (connectorId === null)
    throw new AppError('bi.step_before', { details: { step: 'connector' } })
  const { keyId, key } = await store.key()
  const fields = { title: words.source[language], active: true, settings: { [keySetting]: key } }
  const known = toObjects(await call('biconnector.source.list', { filter: { connectorId } }))
  const stored = await store.sourceId()
  const found = known.find(one => Number(one.id) === stored) ?? known.find(one => one.title === fields.title)
  if (found) {
    await call('biconnector.source.update', { id: Number(found.id), fields })
    return store.saveSource(Number(found.id), keyId)
  }
  await store.saveSource(idOf(await call('biconnector.source.add', { fields: { ...fields, connectorId } })), keyId)
}

async function publishDataset(context: PublishContext, code: BiDatasetCode): Promise<void> {
  const { call, store } = context
  const { isChosen, datasetId } = await store.datasetOf(code)
  if (!isChosen) {
    if (datasetId !== null)
      await unlessGone(() => call('biconnector.dataset.delete', { id: datasetId }))
    return store.saveDataset(code, null)
  }
  const sourceId = await store.sourceId()
  if (sourceId === null)
    throw new AppError('bi.step_before', { details: { step: 'source' } })
  const known = toObjects(await call('biconnector.dataset.list', { filter: { sourceId, externalCode: code } }))
  const found = known.find(one => Number(one.id) === datasetId) ?? known[0]
  const definition = definitionMark(code)
  if (found) {
    const id = Number(found.id)
    await alignFields(call, id, code)
    return store.saveDataset(code, { datasetId: id, name: String(found.name), definition })
  }
  const added = await addDataset(context, code, sourceId)
  await store.saveDataset(code, { ...added, definition })
}

const fieldsOf = (code: BiDatasetCode) => biDatasets[code].columns.map(({ code: name, type }) => ({ name, externalCode: name, type }))

/** As many tries as a portal may have datasets of that name from an app that was installed before. */
const mostNames = 5

async function addDataset({ call, language }: PublishContext, code: BiDatasetCode, sourceId: number): Promise<{ datasetId: number, name: string }> {
  const { title, description } = biDatasets[code]
  const names = Array.from({ length: mostNames }, (_, at) => at === 0 ? `comptoir_${code}` : `comptoir_${code}_${at + 1}`)
  return underFreeName(names, async name => ({
    datasetId: idOf(await call('biconnector.dataset.add', {
      fields: { name, externalName: title[language], externalCode: code, sourceId, description: description[language], fields: fieldsOf(code) },
    })),
    name,
  }))
}

/** Columns that are new are added, those that are gone or of another type go. */
async function alignFields(call: CallPortal, id: number, code: BiDatasetCode): Promise<void> {
  const there = toObjects(toObject(toObject(await call('biconnector.dataset.get', { id })).item).fields)
  const wanted = fieldsOf(code)
  const isSame = (one: Record<string, unknown>) => wanted.some(({ name, externalCode, type }) => one.name === name && one.externalCode === externalCode && one.type === type)
  const gone = there.filter(one => !isSame(one)).map(one => Number(one.id))
  const missing = wanted.filter(({ name }) => !there.some(one => one.name === name && isSame(one)))
  if (gone.length > 0)
    await call('biconnector.dataset.fields.update', { id, delete: gone })
  if (missing.length > 0)
    await call('biconnector.dataset.fields.update', { id, add: missing })
}

/** From the last to the first: what depends on something goes before it. Connections made by hand work with our key alone, so they go too. */
export async function takeBack(call: CallPortal): Promise<void> {
  await eachOf(call, 'connector', {}, async (connectorId) => {
    await eachOf(call, 'source', { connectorId }, async (sourceId) => {
      await eachOf(call, 'dataset', { sourceId }, async () => {})
    })
  })
}

/** Page by page: what is deleted makes room on the first one. */
async function eachOf(call: CallPortal, kind: 'connector' | 'source' | 'dataset', filter: Readonly<Record<string, number>>, before: (id: number) => Promise<void>): Promise<void> {
  const done = new Set<number>()
  for (;;) {
    const listed = toObjects(await call(`biconnector.${kind}.list`, { filter, order: { id: 'ASC' } }))
    const ids = listed.filter(one => kind !== 'connector' || isOurs(one)).map(one => Number(one.id)).filter(id => !done.has(id))
    if (ids.length === 0)
      return
    for (const id of ids) {
      await before(id)
      await unlessGone(() => call(`biconnector.${kind}.delete`, { id }))
      done.add(id)
    }
  }
}
