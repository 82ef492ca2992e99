import { parentPort, workerData } from 'node:worker_threads'
import readExcelFile from 'read-excel-file/node'
import { likelySheet, sheetText } from '@comptoir/shared/imports/sheet-text'

/** A thread of its own: unpacking takes seconds and memory, and both end with it. */
const { bytes, sheet } = workerData as { bytes: Uint8Array, sheet: string | null }
try {
  const sheets = await readExcelFile(Buffer.from(bytes))
  const chosen = sheets.find(one => one.sheet === sheet) ?? likelySheet(sheets)
  parentPort?.postMessage({ sheets: sheets.map(one => one.sheet), sheet: chosen?.sheet ?? '', text: sheetText(chosen?.data ?? []) })
}
catch {
  parentPort?.postMessage(null)
}
