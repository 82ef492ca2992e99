/** Hands a JSON document to the browser's downloads. */
export function saveDocument(content: unknown, name: string, page: Document = document): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
