import type { DocumentReply } from '@comptoir/shared/documents/document.contract'

/** Hands a file from an answer to the browser, as if a link to it had been followed. */
export function saveDocument({ fileName, contentType, base64 }: DocumentReply, page: Document = document): void {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  saveBlob(new Blob([bytes], { type: contentType }), fileName, page)
}

export function saveBlob(blob: Blob, fileName: string, page: Document = document): void {
  const address = URL.createObjectURL(blob)
  const link = page.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
