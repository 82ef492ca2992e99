import { importApi, maxImportBytes, type Import, type ImportRow } from '@comptoir/shared/imports/import.contract'
import { AppError } from '@comptoir/shared/errors'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export interface Imports {
  readonly imports: ShallowRef<readonly ImportRow[]>
  readonly isLoading: Ref<boolean>
  readonly hasMore: Ref<boolean>
  readonly error: ShallowRef<unknown>
  load: () => Promise<void>
  loadMore: () => Promise<void>
}

/** The portal's imports, newest first. */
export function useImports(): Imports {
  const imports = shallowRef<readonly ImportRow[]>([])
  const isLoading = ref(false)
  const hasMore = ref(false)
  const error = shallowRef<unknown>(null)

  async function read(before: string | undefined): Promise<void> {
    isLoading.value = true
    try {
      const page = await call(importApi.list, { query: { ...before && { before } } })
      imports.value = before ? [...imports.value, ...page.imports] : page.imports
      hasMore.value = page.hasMore
      error.value = null
    }
    catch (cause) {
      error.value = cause
    }
    isLoading.value = false
  }

  return { imports, isLoading, hasMore, error, load: () => read(undefined), loadMore: () => read(imports.value.at(-1)?.createdAt) }
}

/** Sends a file as it is: what it is written in is for the server to find out. */
export async function uploadImport(file: File): Promise<Import> {
  if (file.size > maxImportBytes)
    throw new AppError('request.too_large')
  return call(importApi.upload, { query: { name: file.name.slice(-255) }, body: new Blob([file], { type: 'application/octet-stream' }) })
}
