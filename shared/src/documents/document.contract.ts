import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { documentFormats, valueKinds } from './report-document.ts'

export const DocumentFormatSchema = Type.Enum([...documentFormats])

/** A file in an answer: the page has no cookie, so a plain link could not fetch it. */
export const DocumentReply = Type.Object({
  fileName: Type.String(),
  contentType: Type.String(),
  base64: Type.String(),
})
export type DocumentReply = Static<typeof DocumentReply>

const Text = Type.String({ maxLength: 300 })

/** The numbers of one figure, as they stand on the page of whoever asks. */
export const FigureFile = Type.Object({
  format: Type.Enum(['csv', 'xlsx']),
  language: Type.Enum(['fr', 'en']),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  facts: Type.Array(Type.Object({ label: Text, value: Text }), { maxItems: 20 }),
  columns: Type.Array(Type.Object({ label: Text, kind: Type.Enum([...valueKinds]), currency: Type.Optional(Type.String({ maxLength: 10 })) }), { minItems: 1, maxItems: 60 }),
  rows: Type.Array(Type.Array(Type.Union([Type.Number(), Text, Type.Null()]), { maxItems: 60 }), { maxItems: 2000 }),
})
export type FigureFile = Static<typeof FigureFile>

export const documentApi = {
  figure: endpoint({
    method: 'POST', path: '/api/documents/figure', summary: 'The numbers of a figure on the page as a workbook or CSV',
    body: FigureFile, reply: DocumentReply, errors: [],
  }),
}
