import { createHash } from 'node:crypto'
import { AppError } from '@comptoir/shared/errors'
import { contentTypeOf, driveName } from '@comptoir/shared/files/file-kinds'
import { mostKeptBytes } from '@comptoir/shared/files/file.contract'

export interface CheckedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly base64: string
}

/**
 * What somebody handed in, under the name that it will have.
 * @throws AppError file.kind_refused, request.too_large
 */
export function checkFile({ name, content }: { readonly name: string, readonly content: string }): CheckedFile {
  const kept = driveName(name)
  const bytes = Buffer.from(content, 'base64')
  if (contentTypeOf(kept) === null || bytes.length === 0)
    throw new AppError('file.kind_refused', { details: { name: kept } })
  if (bytes.length > mostKeptBytes)
    throw new AppError('request.too_large')
  return { name: kept, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), base64: bytes.toString('base64') }
}

/** Every vendor has a folder; two of the same name have one each. */
export const folderOfVendor = (vendor: { readonly vendorId: string, readonly name: string }): string =>
  `${driveName(vendor.name).slice(0, 100).trim()} (${vendor.vendorId.slice(0, 8)})`
