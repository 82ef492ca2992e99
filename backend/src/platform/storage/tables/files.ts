import type { Generated } from 'kysely'
import type { FileSubject } from '@comptoir/shared/files/file.contract'

export interface FileTables {
  vendor_files: {
    portal_id: number
    file_id: Generated<string>
    vendor_id: string
    subject: FileSubject
    subject_id: string
    /** Null while the bytes are on their way to the Drive. */
    drive_file_id: number | null
    drive_folder_id: number | null
    name: string
    bytes: number
    sha256: string
    removed_at: Date | null
    created_at: Generated<Date>
    created_by: number | null
  }
}
