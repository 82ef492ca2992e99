import { fileApi, mostKeptBytes, type FileSubject, type KeptFile, type VendorFiles } from '@comptoir/shared/files/file.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from './api.ts'
import { contentOf } from './file-content.ts'
import { formatLocale } from './format/format.ts'
import { saveDocument } from './save-file.ts'

const keyOf = (vendorId: string) => ['files', vendorId]

/** Files of a vendor in the portal's Drive: asked for once, whatever shows some of them. */
export const useKeptFiles = (vendorId: () => string) => useQuery({
  key: () => keyOf(vendorId()),
  query: ({ signal }) => call(fileApi.list, { params: { vendorId: vendorId() } }, { signal }),
})

interface FilePlace {
  readonly vendorId: string
  readonly subject: FileSubject
  readonly subjectId: string
}

/** What people do with files; what is on screen follows. */
export function useFileSteps() {
  const queries = useQueryCache()
  const change = (vendorId: string, work: (files: readonly KeptFile[]) => KeptFile[]): void => {
    const known = queries.getQueryData<VendorFiles>(keyOf(vendorId))
    if (known)
      queries.setQueryData(keyOf(vendorId), { ...known, files: work(known.files) })
  }

  return {
    async add({ vendorId, subject, subjectId }: FilePlace, file: File): Promise<KeptFile> {
      const content = await contentOf(file, mostKeptBytes)
      const kept = await call(fileApi.keep, { params: { vendorId }, body: { subject, subjectId, name: file.name, content } })
      change(vendorId, files => [...files.filter(({ fileId }) => fileId !== kept.fileId), kept])
      return kept
    },
    /** For a form that is saved: what follows the first failure is not sent. */
    async addAll(place: FilePlace, files: readonly File[]): Promise<void> {
      for (const file of files)
        await this.add(place, file)
    },
    async open({ fileId }: Pick<KeptFile, 'fileId'>): Promise<void> {
      saveDocument(await call(fileApi.read, { params: { fileId } }))
    },
    async remove(vendorId: string, { fileId }: KeptFile): Promise<void> {
      await call(fileApi.remove, { params: { fileId } })
      change(vendorId, files => files.filter(file => file.fileId !== fileId))
    },
  }
}

/** `12 ko`, `1,4 Mo`. */
export function formatBytes(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ['kilobyte', Math.max(1, bytes / 1e3)] as const : ['megabyte', bytes / 1e6] as const
  return new Intl.NumberFormat(formatLocale(), { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)
}
