import { join, resolve } from 'node:path'
import { suppliedDeals } from './deal-orders.ts'
import { startDemo } from './start.ts'

const root = join(import.meta.dirname, '../..')
const port = (name: string, usual: number): number => Number(process.env[name] ?? usual)

const demo = await startDemo({
  portalPort: port('PORTAL_PORT', 4300),
  appPort: port('APP_PORT', 4301),
  dataDir: resolve(root, process.env.DATA_DIR ?? '.data/demo'),
  isFurnished: true,
  isFresh: process.argv.includes('--fresh'),
}).catch((error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE'
  process.stderr.write(isTaken
    ? `${error.message}\nAnother program uses that port. Choose others: PORTAL_PORT=4400 APP_PORT=4401 npm run demo\n`
    : `${error.stack}\n`)
  process.exit(1)
})

const { url, portal } = demo.running
const [dealId = 1] = suppliedDeals(portal)
process.stdout.write(`ready ${url}

  ${url}/crm/deal/list/        deals: open one, then its tab « Fournisseurs »; number ${dealId} has products and orders
  ${url}/crm/company/list/     companies: open a supplier, then its tab « Fournisseur »
  ${url}/crm/analytics/        CRM analytics with « Analyses Comptoir »
  ${url}/bizproc/              the workflow designer: add an action, open its settings, run it

  Import a file:  left menu « Fournisseurs » → « Importer ».
  Switch user, language and theme at the top right. Faults and the console are at the bottom of the left menu.
  Ctrl-C stops everything; the data stays (npm run demo -- --fresh starts over).
`)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping)
      return
    isStopping = true
    void demo.stop().then(() => process.exit(0), () => process.exit(1))
  })
}
demo.comptoir.once('exit', (code) => {
  if (!isStopping) {
    process.stderr.write(`Comptoir ended with code ${code}.\n`)
    process.exit(1)
  }
})
