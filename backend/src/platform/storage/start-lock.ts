import { open, readFile, rm } from 'node:fs/promises'

/** Lets one process at a time create or start the server of a folder. Held for seconds, so a lock of a dead process is dropped. */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000
  while (!await take(path)) {
    if (Date.now() > deadline)
      throw new Error(`${path} has been held for a minute. If no Comptoir is starting, remove the file.`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  try {
    return await work()
  }
  finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw error
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (holder > 0 && !isRunning(holder))
      await rm(path, { force: true })
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
