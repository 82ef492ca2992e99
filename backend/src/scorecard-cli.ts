import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { documentNotes } from '@comptoir/shared/scorecards/document-notes'
import { documentScores } from '@comptoir/shared/scorecards/document-output'
import { DocumentInvalid, readDocument } from '@comptoir/shared/scorecards/read-document'

const usage = `Usage: npm run -s scorecard -- FILE

Reads one JSON document of orders, receipts, invoices and requirements (- for the standard input) and prints
one JSON document: the score of every supplier in it, with the measures, criteria and contributions behind it.
shared/docs/scorecard.md says what goes in, what comes out and by which rules.
`

class Refused extends Error {}

async function documentOf(file: string): Promise<unknown> {
  const source = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: NodeJS.ErrnoException) => {
    throw new Refused(`${file}: cannot be read (${error.code ?? error.message})`)
  })
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''))
  }
  catch (error) {
    throw new Refused(`${file}: is not JSON (${(error as Error).message})`)
  }
}

async function main(): Promise<void> {
  const files = process.argv.slice(2)
  const [file] = files
  if (file === undefined || files.length > 1 || file === '--help')
    throw new Refused(usage)
  const document = readDocument(await documentOf(file))
  const output = JSON.stringify(documentScores(document))
  for (const note of documentNotes(document))
    process.stderr.write(`${note}\n`)
  process.stdout.write(`${output}\n`)
}

try {
  await main()
}
catch (error) {
  if (!(error instanceof Refused || error instanceof DocumentInvalid))
    throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
