import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { rounded, type Figure } from './figure.ts'

const rows = 100_000

/** A hundred thousand payments through the command line's dry run: read, recognised, checked, counted. */
export async function importFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-bench-'))
  try {
    const small = await dryRun(folder, rows)
    const large = await dryRun(folder, rows * 4)
    return [
      { figure: 'import: rows parsed, checked and previewed', value: Math.round(rows / small.seconds), unit: 'rows/s', budget: 20_000, rule: 'least', details: { rows, seconds: rounded(small.seconds) } },
      { figure: 'import: peak memory on four times the rows', value: rounded(large.megabytes / small.megabytes), unit: '×', budget: 1.5, rule: 'most', details: { small: small.megabytes, large: large.megabytes } },
    ]
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function dryRun(folder: string, count: number): Promise<{ seconds: number, megabytes: number }> {
  const file = join(folder, `payments-${count}.csv`)
  await writeFile(file, paymentFile(count))
  // Loaded before the command: says at the end how much memory it ever held.
  const meter = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+Math.round(process.resourceUsage().maxRSS/1024)))`
  const command = join(import.meta.dirname, '../../backend/src/import-cli.ts')
  const startedAt = performance.now()
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', meter, command, '--dry-run', file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const seconds = (performance.now() - startedAt) / 1000
  const { usableRows } = JSON.parse(stdout) as { usableRows: number }
  if (status !== 0 || usableRows !== count)
    throw new Error(`The dry run ended with ${status} and ${usableRows} usable rows of ${count}: ${stderr}`)
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1]) }
}

function paymentFile(count: number): string {
  const lines = ['Date;Fournisseur;N° facture;Libellé;Montant']
  for (let row = 0; row < count; row++) {
    const day = String(row % 28 + 1).padStart(2, '0')
    const month = String(row % 12 + 1).padStart(2, '0')
    lines.push(`${day}/${month}/2025;Fournisseur ${row % 2_000} SARL;F-${row};"Prestation ${row}; lot ${row % 7}";${row % 9} ${String(row % 1_000).padStart(3, '0')},${String(row % 100).padStart(2, '0')}`)
  }
  return `${lines.join('\r\n')}\r\n`
}
