import type { DocumentReply, FigureFile } from '@comptoir/shared/documents/document.contract'
import { renderDocument } from '../../platform/documents/render-document.ts'

interface Made { readonly timeZone: string, readonly now: Date }

/** Nothing is read here: the page sends the numbers that it shows, and gets them back as a file. */
export async function figureFile({ format, language, title, facts, columns, rows }: FigureFile, { timeZone, now }: Made): Promise<DocumentReply> {
  const { body, contentType, fileName } = await renderDocument({
    title, facts, madeAt: now.toISOString(), language, timeZone,
    blocks: [{ type: 'table', title, columns, rows }],
  }, format)
  return { fileName, contentType, base64: body.toString('base64') }
}
