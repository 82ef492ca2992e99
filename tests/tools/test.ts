import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from './build-page.ts'
import { buildServer } from './build-server.ts'
import { ensureChromium } from './chromium.ts'

/** `npm test`: everything that must hold, in the order in which a fault is cheapest to find. All of it runs even when a part fails. */
const root = join(import.meta.dirname, '../..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const reports = join(tmpdir(), `comptoir-reports-${process.pid}`)
const isWithoutBrowser = process.argv.includes('--without-browser')

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string
  /** A JSON report with the number of tests; without one the step counts as a single check. */
  readonly report?: string
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
  { name: 'unit and contract tests', command: [bin('vitest'), 'run', '--maxWorkers=100%', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`], report: unitReport, isBuilt: true },
  { name: 'browser journeys', command: [join(root, 'tests/node_modules/.bin/playwright'), 'test'], cwd: join(root, 'tests'), report: browserReport, isBuilt: true },
]

mkdirSync(reports, { recursive: true })
let passed = 0
let failed = 0

await Promise.all(checks.map(async (lane) => {
  for (const step of lane)
    await take(step, 'told at its end')
}))
for (const step of tests) {
  if (step.name !== 'browser journeys' || !isWithoutBrowser)
    await take(step, 'told at once')
}

rmSync(reports, { recursive: true, force: true })
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
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${output && `\n${output}`}── ${step.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`)
}

interface Counts { passed: number, failed: number }

async function runStep(step: Step, telling: Telling): Promise<Counts & { output: string }> {
  try {
    // Once, before several tests at a time would do it.
    if (step.isBuilt) {
      buildPage()
      buildServer()
    }
    const chromium = step.name === 'browser journeys' ? ensureChromium() : undefined
    const { status, output } = await run(step, telling, { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport }) })
    const counted = step.report ? readReport(step.report) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
    // A runner that ends badly without a failed test (a crash, no test at all) is a failure of its own.
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1, output } : { ...counted, output }
  }
  catch (error) {
    return { passed: 0, failed: 1, output: `${(error as Error).message}\n` }
  }
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

interface Report {
  numPassedTests?: number
  numFailedTests?: number
  stats?: { expected: number, unexpected: number, flaky: number }
}

function readReport(file: string): Counts {
  if (!existsSync(file))
    return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  if (report.stats)
    return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected }
  return { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0 }
}
