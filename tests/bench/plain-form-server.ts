import { createHttp, createLog } from '@comptoir/backend/platform/http/fastify'
import { readHostStep } from '@comptoir/backend/features/actions/host-step'

/** The same route without storage: what reading the host's form costs by itself. */
const app = await createHttp({ log: createLog('warn') })
app.post('/bx/action/:code', async request => ({ ok: readHostStep(request.body).eventToken !== null }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
process.stdout.write('listens on\n')
