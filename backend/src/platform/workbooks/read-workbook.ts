import { Worker } from 'node:worker_threads'
import { AppError } from '@comptoir/shared/errors'
import { maxWorkbookBytes } from '@comptoir/shared/imports/import.contract'
import { unpackedBytes } from './workbook-size.ts'

export interface WorkbookText {
  readonly sheets: readonly string[]
  readonly sheet: string
  /** The sheet as a text file. */
  readonly text: string
}

const mostUnpackedBytes = 256 * 1024 * 1024
const patienceMs = 60_000

const zipStart = '504b0304'
export const isWorkbook = (first: Uint8Array): boolean => Buffer.from(first.subarray(0, 4)).toString('hex') === zipStart

/** @throws AppError import.not_text when it is no workbook, request.too_large when it unpacks to too much. */
export async function readWorkbook(bytes: Buffer, sheet: string | null = null): Promise<WorkbookText> {
  const unpacked = unpackedBytes(bytes)
  if (unpacked === null)
    throw new AppError('import.not_text')
  if (bytes.length > maxWorkbookBytes || unpacked > mostUnpackedBytes)
    throw new AppError('request.too_large', { details: { maxBytes: maxWorkbookBytes } })
  const read = await inThread({ bytes, sheet })
  if (!read)
    throw new AppError('import.not_text')
  if (read.text.trim() === '')
    throw new AppError('import.empty')
  return read
}

function inThread(workerData: { bytes: Buffer, sheet: string | null }): Promise<WorkbookText | null> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), { workerData, resourceLimits: { maxOldGenerationSizeMb: 1_024 } })
  const timer = setTimeout(() => void worker.terminate(), patienceMs)
  return new Promise<WorkbookText | null>((resolve) => {
    worker.once('message', resolve)
    // Out of memory, or out of time: it is not read.
    worker.once('error', () => resolve(null))
    worker.once('exit', () => resolve(null))
  }).finally(() => clearTimeout(timer))
}
