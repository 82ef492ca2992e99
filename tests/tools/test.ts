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
/** What failed, told once more at the end: a log may be read from there, or cut before it. */
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

interface Counts { passed: number, failed: number, faults: readonly string[] }

async function runStep(step: Step, telling: Telling): Promise<Counts & { output: string }> {
  try {
    // Once, before several tests at a time would do it.
    if (step.isBuilt) {
      buildPage()
      buildServer()
    }
    const chromium = step.name === 'browser journeys' ? ensureChromium() : undefined
    const { status, output } = await run(step, telling, { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport }) })
    const counted = step.report ? readReport(step.report) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, faults: [] }
    // A runner that ends badly without a failed test (a crash, no test at all) is a failure of its own.
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1, output } : { ...counted, output }
  }
  catch (error) {
    return { passed: 0, failed: 1, faults: [], output: `${(error as Error).message}\n` }
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

interface UnitReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]
}

interface Suite {
  specs: { title: string, file: string, tests: { status: string, results: { error?: { message?: string } }[] }[] }[]
  suites?: Suite[]
}

interface BrowserReport {
  stats: { expected: number, unexpected: number, flaky: number }
  suites: Suite[]
}

function readReport(file: string): Counts {
  if (!existsSync(file))
    return { passed: 0, failed: 1, faults: ['no report was written'] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as UnitReport | BrowserReport
  if ('stats' in report)
    return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected, faults: report.suites.flatMap(failedJourneys) }
  return { passed: report.numPassedTests, failed: report.numFailedTests, faults: report.testResults.flatMap(failedTests) }
}

function failedTests({ name, message, assertionResults }: UnitReport['testResults'][number]): string[] {
  const failures = assertionResults.filter(test => test.status === 'failed')
  // A file that could not be loaded has a message and no test.
  if (failures.length === 0)
    return message ? [`${name}\n${message}`] : []
  return failures.map(test => `${name} › ${test.fullName}\n${test.failureMessages.join('\n')}`)
}

function failedJourneys({ specs, suites = [] }: Suite): string[] {
  return [
    ...specs.flatMap(spec => spec.tests
      .filter(test => test.status === 'unexpected')
      .map(test => `${spec.file} › ${spec.title}\n${test.results.at(-1)?.error?.message ?? ''}`)),
    ...suites.flatMap(failedJourneys),
  ]
}
