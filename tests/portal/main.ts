import { parseArgs } from 'node:util'
import { registerApp } from './apps/lifecycle.ts'
import { startPortal } from './server.ts'

const { values } = parseArgs({
  options: {
    'port': { type: 'string', default: '4300' },
    'host': { type: 'string', default: 'localhost' },
    'data': { type: 'string', default: 'auto' },
    'title': { type: 'string' },
    'member-id': { type: 'string' },
    'language': { type: 'string', default: 'fr' },
    'token-lifetime': { type: 'string', default: '3600' },
    'strict': { type: 'boolean', default: false },
    'no-limits': { type: 'boolean', default: false },
    'app-title': { type: 'string' },
    'app-handler': { type: 'string' },
    'app-installer': { type: 'string' },
    'app-scopes': { type: 'string' },
  },
})

const running = await startPortal({
  port: Number(values.port),
  host: values.host,
  data: values.data,
  ...(values['member-id'] ? { memberId: values['member-id'] } : {}),
  settings: {
    ...(values.title ? { title: values.title } : {}),
    defaultLanguage: values.language,
    tokenLifetimeSeconds: Number(values['token-lifetime']),
    isStrict: values.strict,
  },
  limits: values['no-limits'] ? { isBucketOn: false, operatingLimitSeconds: 0 } : {},
})

if (values['app-handler']) {
  const { clientId, clientSecret } = registerApp(running.portal, {
    title: values['app-title'] ?? 'Application',
    handlerUrl: values['app-handler'],
    installerUrl: values['app-installer'] ?? null,
    scopes: (values['app-scopes'] ?? 'crm,placement,bizproc,im,task,user_brief').split(','),
  })
  process.stdout.write(`app ${clientId} ${clientSecret}\n`)
}
process.stdout.write(`ready ${running.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void running.close().then(() => process.exit(0)))
