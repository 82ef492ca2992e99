#!/usr/bin/env node
// The front door of every npm script. Runs on whatever Node the machine has (20 or newer): brings the
// workspace's packages and its own Node 24, then hands over. Plain JavaScript for that reason.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { productionEnvironment, productionFlags } from './production.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const pnpm = 'pnpm@10.34.9'

/** What runs for each verb; `isBuilt` builds pages and server first, but for the first arguments that `withoutBuild` names. */
const verbs = {
  demo: { script: 'tests/demo/demo.ts', isBuilt: true },
  dev: { script: 'tests/demo/dev.ts', isBuilt: true },
  start: { script: 'backend/dist/main.js', isBuilt: true, isProduction: true },
  test: { script: 'tests/tools/test.ts' },
  check: { script: 'tests/tools/test.ts', args: ['--without-browser'] },
  bench: { script: 'tests/bench/bench.ts', isBuilt: true, withoutBuild: ['forecast'] },
  import: { script: 'backend/src/import-cli.ts' },
  scorecard: { script: 'backend/src/scorecard-cli.ts' },
  portal: { script: 'tests/portal/main.ts' },
}

const [verb = '', ...rest] = process.argv.slice(2)
const command = verbs[verb]
if (!command)
  fail(`Unknown command "${verb}". One of: ${Object.keys(verbs).join(', ')}.`)

const [major] = process.versions.node.split('.').map(Number)
if (major < 20)
  fail(`Comptoir needs Node 20 or newer to start (this is ${process.versions.node}).`)

install()
linkNode()
const node = ownNode()
if (command.isBuilt && !command.withoutBuild?.includes(rest[0])) {
  run(node, [join(root, 'tests/tools/build-page.ts')])
  run(node, [join(root, 'tests/tools/build-server.ts')])
}
// Type stripping of the stand-in's browser code is experimental in this Node; saying so helps nobody here.
handOver(node, ['--disable-warning=ExperimentalWarning', ...command.isProduction ? productionFlags : [], join(root, command.script), ...command.args ?? [], ...rest])

function install() {
  const stamp = join(root, 'node_modules/.comptoir-installed')
  const wanted = fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'shared/package.json', 'backend/package.json', 'frontend/package.json', 'tests/package.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return
  process.stderr.write('Installing packages…\n')
  // Frozen everywhere: what runs is what was tested.
  run(process.platform === 'win32' ? 'npx.cmd' : 'npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], {
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true', npm_config_loglevel: 'error' },
  })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

function fingerprint(files) {
  const hash = createHash('sha256').update(pnpm)
  for (const file of files)
    hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** The package manager puts a shell wrapper before the pinned Node, and npm's signals would end there. */
function linkNode() {
  const wrapper = join(root, 'node_modules/.bin/node')
  const binary = '../node/bin/node'
  if (process.platform === 'win32' || !existsSync(join(root, 'node_modules/node/bin/node')) || lstatSync(wrapper, { throwIfNoEntry: false })?.isSymbolicLink())
    return
  rmSync(wrapper, { force: true })
  symlinkSync(binary, wrapper)
}

/** The pinned Node 24; the machine's own where the package has no binary and the machine's is recent enough. */
function ownNode() {
  const pinned = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0)
    return pinned
  if (major >= 24)
    return process.execPath
  return fail('No Node 24 came with the packages for this machine. Install Node 24 and try again.')
}

function run(program, args, options = {}) {
  // Nothing but the command's own output may reach stdout: scripts read it.
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (status !== 0)
    process.exit(status ?? 1)
}

function handOver(program, args) {
  const env = { ...command.isProduction ? productionEnvironment : {}, ...process.env, PATH: `${join(root, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` }
  const child = spawn(program, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal))
  // npm ends only the shell between it and us: when that is gone, so is whoever wanted the program.
  const parent = process.ppid
  const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500)
  orphaned.unref()
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1))
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
