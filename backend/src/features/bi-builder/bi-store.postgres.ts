import type { TokenCipher } from '../../platform/bitrix24/token-cipher.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addKey, currentKey } from './keys.postgres.ts'
import { readPublication, saveDataset, savePublication } from './publication.postgres.ts'
import type { BiStore } from './publish.ts'

export function biStore(db: Database, cipher: TokenCipher, owner: { portalId: number, userId: number }, publicUrl: string): BiStore {
  const publication = () => readPublication(db, owner.portalId)
  return {
    connectorId: async () => (await publication()).connectorId,
    sourceId: async () => (await publication()).sourceId,
    async datasetOf(code) {
      const { datasetId, isChosen } = (await publication()).datasets.find(one => one.code === code)!
      return { datasetId, isChosen }
    },
    saveConnector: connectorId => savePublication(db, owner, { connector_id: connectorId, public_url: publicUrl }),
    saveSource: (sourceId, keyId) => savePublication(db, owner, { source_id: sourceId, source_key_id: keyId }),
    saveDataset: (code, dataset) => saveDataset(db, owner.portalId, code, {
      dataset_id: dataset?.datasetId ?? null, name: dataset?.name ?? null, definition: dataset?.definition ?? null,
    }),
    key: async () => await currentKey(db, cipher, owner.portalId) ?? addKey(db, cipher, owner),
  }
}
