import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** What failed, in words. */
  readonly faults: readonly string[]
  /** The files it failed in, as far as they can be run by themselves. */
  readonly files: readonly string[]
  /** How many passed outside of them. */
  readonly passedElsewhere: number
}

interface UnitReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]
}

interface Suite {
  specs: { title: string, file: string, tests: { status: string, results: { error?: { message?: string } }[] }[] }[]
  suites?: Suite[]
}

interface BrowserReport {
  stats: { expected: number, unexpected: number, flaky: number }
  suites: Suite[]
}

/** The counts of a JSON report of Vitest or Playwright. */
export function readReport(file: string, root: string): Counts {
  if (!existsSync(file))
    return { passed: 0, failed: 1, faults: ['no report was written'], files: [], passedElsewhere: 0 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as UnitReport | BrowserReport
  if ('stats' in report)
    return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected, faults: report.suites.flatMap(failedJourneys), files: [], passedElsewhere: 0 }
  const failing = report.testResults.filter(({ status }) => status === 'failed')
  return {
    passed: report.numPassedTests, failed: report.numFailedTests,
    faults: failing.flatMap(failedTests), files: failing.map(({ name }) => relative(root, name)),
    passedElsewhere: report.numPassedTests - failing.flatMap(file => file.assertionResults).filter(test => test.status === 'passed').length,
  }
}

function failedTests({ name, message, assertionResults }: UnitReport['testResults'][number]): string[] {
  const failures = assertionResults.filter(test => test.status === 'failed')
  // A file that could not be loaded has a message and no test.
  if (failures.length === 0)
    return message ? [`${name}\n${message}`] : []
  return failures.map(test => `${name} › ${test.fullName}\n${ownLines(test.failureMessages.join('\n'))}`)
}

/** Without the runner's own part of the stack. */
const ownLines = (message: string): string => message.split('\n').filter(line => !/^\s+at .*node_modules/.test(line)).join('\n')

function failedJourneys({ specs, suites = [] }: Suite): string[] {
  return [
    ...specs.flatMap(spec => spec.tests
      .filter(test => test.status === 'unexpected')
      .map(test => `${spec.file} › ${spec.title}\n${test.results.at(-1)?.error?.message ?? ''}`)),
    ...suites.flatMap(failedJourneys),
  ]
}
