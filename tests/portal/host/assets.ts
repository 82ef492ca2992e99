import type { FastifyInstance } from 'fastify'
import { readdir, readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

const stylesFolder = new URL('./styles/', import.meta.url)
const clientFolder = new URL('./client/', import.meta.url)
const styleOrder = ['base.css', 'shell.css', 'crm.css', 'overlay.css', 'bizproc.css']

/** Style sheets in one file, browser modules with their types taken out; no build step. */
export function registerAssets(app: FastifyInstance): void {
  app.get('/host/portal.css', async (_request, reply) => {
    const sheets = await Promise.all(styleOrder.map(name => readFile(new URL(name, stylesFolder), 'utf8')))
    return reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(sheets.join('\n'))
  })

  app.get<{ Params: { name: string } }>('/host/client/:name', async ({ params }, reply) => {
    const names = await readdir(clientFolder)
    if (!names.includes(params.name) || !params.name.endsWith('.ts') || params.name.endsWith('.test.ts'))
      return reply.code(404).type('text/plain').send('not found')
    return reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(await moduleText(params.name))
  })
}

const modules = new Map<string, { source: string, script: string }>()

async function moduleText(name: string): Promise<string> {
  const source = await readFile(new URL(name, clientFolder), 'utf8')
  const known = modules.get(name)
  if (known?.source === source)
    return known.script
  const script = stripTypeScriptTypes(source, { mode: 'strip' })
  modules.set(name, { source, script })
  return script
}
