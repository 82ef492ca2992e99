import type { Generated } from 'kysely'

export interface BiBuilderTables {
  bi_publications: {
    portal_id: number
    connector_id: number | null
    public_url: string | null
    source_id: number | null
    source_key_id: string | null
    published_by: number
    vendor_scope: Generated<'all' | 'everyone'>
    updated_at: Generated<Date>
  }
  bi_datasets: {
    portal_id: number
    code: string
    is_chosen: boolean
    dataset_id: number | null
    name: string | null
    definition: string | null
  }
  bi_keys: {
    portal_id: number
    key_id: Generated<string>
    key_hash: Buffer
    sealed: Buffer
    hint: string
    created_at: Generated<Date>
    created_by: number | null
    last_used_at: Date | null
    minute: Date | null
    minute_calls: Generated<number>
  }
}
