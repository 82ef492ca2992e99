import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '@comptoir/shared/http/endpoint'

const shared = join(import.meta.dirname, '../../shared/src')

/** Every endpoint of every contract file, found by looking: a new one is tested without being named here. */
export async function everyEndpoint(): Promise<readonly (readonly [name: string, endpoint: Endpoint])[]> {
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.contract.ts')).sort()
  const modules = await Promise.all(files.map(file => import(join(shared, file)) as Promise<Record<string, unknown>>))
  return modules.flatMap(exported => Object.entries(exported)
    .filter(([name, value]) => name.endsWith('Api') && typeof value === 'object' && value !== null)
    .flatMap(([api, endpoints]) => Object.entries(endpoints as Record<string, Endpoint>)
      .map(([name, endpoint]) => [`${api}.${name}`, endpoint] as const)))
}
