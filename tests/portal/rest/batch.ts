import type { RestAnswer, RestEngine } from './engine.ts'
import type { Caller, RestParams } from './registry.ts'
import { omit } from '../core/omit.ts'
import { execute } from './engine.ts'
import { spoiled } from './faults.ts'
import { parseQuery } from './form.ts'
import { RestError } from './registry.ts'
import { phpArray } from './php.ts'

const commandLimit = 50

interface Outcome {
  result: [string, unknown][]
  error: [string, unknown][]
  total: [string, unknown][]
  next: [string, unknown][]
  time: [string, unknown][]
}

/** Up to 50 commands, one after the other; later ones may refer to answers of earlier ones. */
export async function runBatch(engine: RestEngine, caller: Caller, params: RestParams): Promise<unknown> {
  const { cmd } = params
  if (cmd === null || typeof cmd !== 'object')
    throw new RestError(400, 'ERROR_ARGUMENT', 'Argument \'cmd\' is null or empty', { argument: 'cmd' })
  const halts = ['1', 1, true, 'true', 'Y'].includes(params.halt as string)
  const outcome: Outcome = { result: [], error: [], total: [], next: [], time: [] }
  const answers: Record<string, unknown> = {}
  let position = 0
  for (const [key, command] of Object.entries(cmd)) {
    const answer = position++ < commandLimit
      ? await runCommand(engine, caller, command, answers)
      : refusal('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded')
    note(outcome, answers, key, answer)
    if (halts && 'error' in answer.body)
      break
  }
  return {
    result: phpArray(outcome.result),
    result_error: phpArray(outcome.error),
    result_total: phpArray(outcome.total),
    result_next: phpArray(outcome.next),
    result_time: phpArray(outcome.time),
  }
}

function refusal(error: string, description: string): RestAnswer {
  return { status: 400, body: { error, error_description: description } }
}

async function runCommand(engine: RestEngine, caller: Caller, command: unknown, answers: Record<string, unknown>): Promise<RestAnswer> {
  const text = String(command ?? '')
  const mark = text.indexOf('?')
  const name = (mark === -1 ? text : text.slice(0, mark)).trim().replace(/^\/+/, '')
  if (name.toLowerCase() === 'batch')
    return refusal('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage')
  const params = mark === -1 ? {} : resolveReferences(parseQuery(text.slice(mark + 1)), answers)
  const answer = await spoiled(engine.portal.faults.take(name, { onlyNamed: true }), () => execute(engine, caller, name, params as RestParams))
  return answer === 'drop' || typeof answer.body === 'string'
    ? refusal('ERROR_UNEXPECTED_ANSWER', 'Server returned an unexpected response')
    : { status: answer.status, body: answer.body }
}

function note(outcome: Outcome, answers: Record<string, unknown>, key: string, { body }: RestAnswer): void {
  if ('error' in body) {
    outcome.error.push([key, omit(body, 'time')])
    return
  }
  answers[key] = body.result
  outcome.result.push([key, body.result])
  outcome.time.push([key, body.time])
  if (body.total !== undefined)
    outcome.total.push([key, body.total])
  if (body.next !== undefined)
    outcome.next.push([key, body.next])
}

const reference = /\$result((?:\[[^[\]]*\])+)/g

/** `$result[list][items][49][id]`, alone or inside a longer text, at any depth of the parameters. */
export function resolveReferences(value: unknown, answers: Record<string, unknown>): unknown {
  if (Array.isArray(value))
    return value.map(entry => resolveReferences(entry, answers))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolveReferences(entry, answers)]))
  if (typeof value !== 'string' || !value.includes('$result['))
    return value
  const alone = /^\$result((?:\[[^[\]]*\])+)$/.exec(value)
  if (alone)
    return lookUp(alone[1]!, answers) ?? ''
  return value.replace(reference, (_whole, path: string) => String(lookUp(path, answers) ?? ''))
}

function lookUp(path: string, answers: Record<string, unknown>): unknown {
  const keys = [...path.matchAll(/\[([^[\]]*)\]/g)].map(match => match[1]!.replace(/^['"]|['"]$/g, ''))
  return keys.reduce<unknown>((found, key) =>
    found !== null && typeof found === 'object' && Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined, answers)
}
