import type { DocumentFormat, ReportDocument } from '@comptoir/shared/documents/report-document'
import { csvDocument } from './csv-document.ts'

export interface DocumentFile {
  readonly body: Buffer
  readonly contentType: string
  readonly fileName: string
}

const contentTypes: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** A report as a file. The libraries behind it are loaded when the first one is asked for. */
export async function renderDocument(document: ReportDocument, format: DocumentFormat): Promise<DocumentFile> {
  return { body: await bodyOf(document, format), contentType: contentTypes[format], fileName: fileNameOf(document, format) }
}

async function bodyOf(document: ReportDocument, format: DocumentFormat): Promise<Buffer> {
  switch (format) {
    case 'csv': return Buffer.from(csvDocument(document))
    case 'xlsx': return (await import('./xlsx-document.ts')).xlsxDocument(document)
    case 'pdf': return (await import('./pdf-document.ts')).pdfDocument(document)
  }
}

/** `depenses-par-fournisseur-2026-11-22.pdf`: sorts, and no system objects to it. */
function fileNameOf({ title, madeAt, timeZone }: ReportDocument, format: DocumentFormat): string {
  const day = new Intl.DateTimeFormat('sv', { timeZone }).format(new Date(madeAt))
  const slug = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60)
  return `${slug || 'comptoir'}-${day}.${format}`
}
