import { Type, type Static } from 'typebox'
import { documentFormats } from './report-document.ts'

export const DocumentFormatSchema = Type.Enum([...documentFormats])

/** A file in an answer: the page has no cookie, so a plain link could not fetch it. */
export const DocumentReply = Type.Object({
  fileName: Type.String(),
  contentType: Type.String(),
  base64: Type.String(),
})
export type DocumentReply = Static<typeof DocumentReply>
