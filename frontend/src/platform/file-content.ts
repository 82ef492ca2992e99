import { AppError } from '@comptoir/shared/errors'

/** A file's bytes as base64, as contracts carry them. @throws AppError request.too_large */
export async function contentOf(file: File, mostBytes: number): Promise<string> {
  if (file.size > mostBytes)
    throw new AppError('request.too_large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(from, from + 0x8000)))
  return btoa(parts.join(''))
}
