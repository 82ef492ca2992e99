import { AppError } from '@comptoir/shared/errors'
import type { EInvoice } from '@comptoir/shared/purchasing/e-invoice'
import { xmlText } from '../../../platform/xml/xml-text.ts'
import { readCii } from './read-cii.ts'
import { readUbl } from './read-ubl.ts'
import { readXml, unreadable } from './xml-node.ts'

/** Names that the profiles prescribe; producers take others all the same. */
const attachmentNames = /^(?:factur-x|zugferd-invoice|xrechnung)\.xml$/i
const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')

/** @throws AppError purchasing.file_unknown, purchasing.file_unreadable */
export async function readEInvoice(bytes: Uint8Array): Promise<EInvoice> {
  return readSyntax(isPdf(bytes) ? await attachedInvoice(bytes) : bytes)
}

function readSyntax(bytes: Uint8Array): EInvoice {
  if (!Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replace(/\0/g, '').includes('<'))
    throw new AppError('purchasing.file_unknown')
  const { root, name } = readXml(bytes)
  if (name === 'CrossIndustryInvoice')
    return readCii(root)
  if (name === 'Invoice' || name === 'CreditNote')
    return readUbl(root, name)
  throw new AppError('purchasing.file_unknown', { details: { element: name } })
}

/** An order or a delivery note may be attached, too. */
const looksLikeInvoice = (bytes: Uint8Array): boolean =>
  /<(?:[\w-]+:)?(?:CrossIndustryInvoice|Invoice|CreditNote)[\s>]/.test(xmlText(bytes.subarray(0, 8192)))

/** What unpdf's own types do not name yet. */
interface Attachments {
  getAttachments(): Promise<Map<string, { readonly filename: string }> | null>
  getAttachmentContent(id: string): Promise<Uint8Array | null>
}

/** The invoice that a PDF carries with it: its text is never guessed from. */
async function attachedInvoice(bytes: Uint8Array): Promise<Uint8Array> {
  // Heavy, and needed for this alone.
  const { getDocumentProxy } = await import('unpdf')
  const pdf = await getDocumentProxy(Uint8Array.from(bytes)).catch((cause: unknown) => {
    throw new AppError('purchasing.file_unreadable', { details: { element: 'PDF' }, cause })
  })
  try {
    const attachments = pdf as unknown as Attachments
    const found = [...await attachments.getAttachments() ?? []].filter(([, { filename }]) => /\.xml$/i.test(filename))
    const named = ([, { filename }]: (typeof found)[number]): number => attachmentNames.test(filename.split(/[\\/]/).at(-1) ?? '') ? 0 : 1
    const contents = await Promise.all(found.toSorted((one, other) => named(one) - named(other)).map(([id]) => attachments.getAttachmentContent(id)))
    const content = contents.find(bytes => bytes !== null && looksLikeInvoice(bytes)) ?? contents[0]
    if (!content)
      throw unreadable('PDF: factur-x.xml')
    return content
  }
  finally {
    await pdf.loadingTask.destroy()
  }
}
