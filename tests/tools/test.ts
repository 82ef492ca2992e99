import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from './build-page.ts'
import { buildServer } from './build-server.ts'
import { ensureChromium } from './chromium.ts'
import { readReport, type Counts } from './report.ts'

/** `npm test`: everything that must hold, in the order in which a fault is cheapest to find. All of it runs even when a part fails. */
const root = join(import.meta.dirname, '../..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const reports = join(tmpdir(), `comptoir-reports-${process.pid}`)
const isWithoutBrowser = process.argv.includes('--without-browser')

const nothing = { faults: [], files: [], passedElsewhere: 0 }

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string
  /** A JSON report with the number of tests; without one the step counts as a single check. */
  readonly report?: string
  /** Files in which something failed are run once more by themselves. */
  readonly isTriedAgain?: boolean
  /** Needs pages and server as production has them. */
  readonly isBuilt?: boolean
}

const unitReport = join(reports, 'vitest.json')
const browserReport = join(reports, 'playwright.json')

/** Two lanes at a time, a core each; the steps of a lane wait for one another. The type checks share what they know, so they share a lane. */
const checks: readonly (readonly Step[])[] = [
  [
    { name: 'types', command: [bin('tsc'), '-b'] },
    { name: 'types of the pages', command: [bin('vue-tsc'), '-b', 'frontend'] },
  ],
  [
    { name: 'lint', command: [bin('eslint'), '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0', '.'] },
    { name: 'walls', command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'shared/src', 'backend/src', 'frontend/src', 'tests'] },
    { name: 'dead code', command: [bin('knip')] },
    { name: 'sizes', command: [bin('size-limit')], isBuilt: true },
  ],
]

/** These use both cores themselves. */
const tests: readonly Step[] = [
  // Half of a test's time is its database's: a worker for every core, where the default leaves one out.
  { name: 'unit and contract tests', command: [bin('vitest'), 'run', '--maxWorkers=100%', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`], report: unitReport, isBuilt: true, isTriedAgain: true },
  { name: 'browser journeys', command: [join(root, 'tests/node_modules/.bin/playwright'), 'test'], cwd: join(root, 'tests'), report: browserReport, isBuilt: true },
]

mkdirSync(reports, { recursive: true })
let passed = 0
let failed = 0
/** What failed, or held only at its second try: told once more at the end, where a long log is read first. */
const faults: string[] = []

await Promise.all(checks.map(async (lane) => {
  for (const step of lane)
    await take(step, 'told at its end')
}))
for (const step of tests) {
  if (step.name !== 'browser journeys' || !isWithoutBrowser)
    await take(step, 'told at once')
}

rmSync(reports, { recursive: true, force: true })
for (const fault of faults)
  process.stdout.write(`\n✗ ${fault}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)

type Telling = 'told at once' | 'told at its end'

async function take(step: Step, telling: Telling): Promise<void> {
  const startedAt = performance.now()
  if (telling === 'told at once')
    process.stdout.write(`\n── ${step.name}\n`)
  const { output, ...counts } = await runStep(step, telling)
  passed += counts.passed
  failed += counts.failed
  if (counts.failed > 0)
    faults.push(...(counts.faults.length > 0 ? counts.faults : [output.slice(-2_000)]).map(fault => `${step.name}: ${fault}`))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${output && `\n${output}`}── ${step.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`)
}

async function runStep(step: Step, telling: Telling): Promise<Counts & { output: string }> {
  try {
    // Once, before several tests at a time would do it.
    if (step.isBuilt) {
      buildPage()
      buildServer()
    }
    const chromium = step.name === 'browser journeys' ? ensureChromium() : undefined
    const { status, output } = await run(step, telling, { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport }) })
    const counted = step.report ? readReport(step.report, root) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, ...nothing }
    if (step.isTriedAgain && counted.files.length > 0)
      return { ...await tryAgain(step, counted), output }
    // A runner that ends badly without a failed test (a crash, no test at all) is a failure of its own.
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1, output } : { ...counted, output }
  }
  catch (error) {
    return { passed: 0, failed: 1, ...nothing, output: `${(error as Error).message}\n` }
  }
}

/** A test that races processes may lose on a busy machine, and what a file shares is spoilt for a second try inside it: the file is run by itself. */
async function tryAgain(step: Step, first: Counts): Promise<Counts> {
  process.stdout.write(`\n── ${step.name}, once more: ${first.files.join(', ')}\n`)
  const [program, ...args] = step.command
  const { status } = await run({ ...step, command: [program, ...args, ...first.files] }, 'told at once', process.env)
  const second = readReport(step.report ?? '', root)
  faults.push(...first.faults.map(fault => `${step.name}, first try: ${fault}`))
  return { ...second, passed: first.passedElsewhere + second.passed, failed: status !== 0 && second.failed === 0 ? 1 : second.failed }
}

/** Ends with the status of the program; what it wrote is kept unless it was told at once. */
function run({ command: [program, ...args], cwd = root }: Step, telling: Telling, env: NodeJS.ProcessEnv): Promise<{ status: number | null, output: string }> {
  const stream = telling === 'told at once' ? 'inherit' : 'pipe'
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', stream, stream] })
    let output = ''
    for (const written of [child.stdout, child.stderr])
      written?.setEncoding('utf8').on('data', (chunk: string) => { output += chunk })
    child.on('error', reject).on('close', status => resolve({ status, output }))
  })
}
