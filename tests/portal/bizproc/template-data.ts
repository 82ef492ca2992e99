import type { Portal } from '../state.ts'
import type { Comparison, Step, Template, TemplateProperty, Value } from './model.ts'
import { inflateSync } from 'node:zlib'
import { fromExport } from './bpt-template.ts'
import { newStepName } from './designer.ts'
import { operators, walkSteps } from './model.ts'
import { unserialize } from './php-serialized.ts'
import { isMap } from './registration-rules.ts'

export type TemplateContent = Pick<Template, 'steps' | 'parameters' | 'variables' | 'constants' | 'isLogging'>

/** Thrown inside; the caller says TEMPLATE_DATA is incorrect. */
class UnreadableTemplate extends Error {}

type Source = Readonly<Record<string, unknown>>

/** A file travels as `[name, base64]`, as `{fileData: […]}` or as its bare content. */
function contentOf(data: unknown): unknown {
  if (Array.isArray(data))
    return data.at(-1)
  return isMap(data) && 'fileData' in data ? contentOf(data.fileData) : data
}

/** JSON, base64 of JSON, base64 of deflated JSON, or a `.bpt` file: base64 of what PHP serialized and deflated. */
function decoded(portal: Portal, text: string): unknown {
  const bytes = Buffer.from(text, 'base64')
  const readings = [
    () => JSON.parse(text),
    () => JSON.parse(bytes.toString('utf8')),
    () => JSON.parse(inflateSync(bytes).toString('utf8')),
    () => fromExport(portal, unserialize(inflateSync(bytes))),
  ]
  for (const read of readings) {
    try {
      return read()
    }
    catch {
      continue
    }
  }
  throw new UnreadableTemplate('neither JSON nor an export')
}

const text = (value: unknown, fallback = ''): string => typeof value === 'string' ? value : fallback

const amount = (value: unknown): number => {
  const number = Number(value ?? 0)
  if (!Number.isFinite(number) || number < 0)
    throw new UnreadableTemplate('a negative number')
  return number
}

function required(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '')
    throw new UnreadableTemplate(what)
  return value
}

function valueOf(value: unknown): Value {
  return Array.isArray(value) ? value.map(String) : value === null || value === undefined ? '' : String(value)
}

const valuesOf = (value: unknown): Record<string, Value> =>
  isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, valueOf(inner)])) : {}

function comparisonOf(value: unknown): Comparison {
  const operator = isMap(value) ? operators.find(known => known === value.operator) : undefined
  if (!isMap(value) || !operator)
    throw new UnreadableTemplate('operator')
  return { left: required(value.left, 'left'), operator, right: text(value.right), joiner: value.joiner === 'OR' ? 'OR' : 'AND' }
}

const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value : []

interface Reading {
  readonly portal: Portal
  readonly appId: string
}

type Fields<Kind extends Step['type']> = Omit<Extract<Step, { type: Kind }>, 'name' | 'title' | 'type'>
type Readers = { readonly [Kind in Step['type']]: (source: Source, reading: Reading) => Fields<Kind> }

const branches = (source: Source, reading: Reading) => ({
  then: stepsOf(source.then, reading),
  else: stepsOf(source.else, reading),
})

const readers: Readers = {
  app: (source, { appId }) => ({
    appId: text(source.appId, appId),
    code: required(source.code, 'code'),
    properties: valuesOf(source.properties),
    timeoutSeconds: amount(source.timeoutSeconds),
    isWaiting: source.isWaiting !== false,
  }),
  condition: (source, reading) => ({ conditions: listOf(source.conditions).map(comparisonOf), ...branches(source, reading) }),
  setStage: source => ({ stageId: required(source.stageId, 'stageId') }),
  setFields: source => ({ fields: valuesOf(source.fields) }),
  setVariable: source => ({ variables: valuesOf(source.variables) }),
  notify: source => ({ to: valueOf(source.to ?? '{=Document:ASSIGNED_BY_ID}'), text: required(source.text, 'text') }),
  createTask: source => ({
    taskTitle: required(source.taskTitle, 'taskTitle'),
    description: text(source.description),
    responsible: valueOf(source.responsible ?? '{=Document:ASSIGNED_BY_ID}'),
    deadlineInDays: source.deadlineInDays === undefined || source.deadlineInDays === null ? null : amount(source.deadlineInDays),
  }),
  approve: (source, reading) => ({
    question: required(source.question, 'question'),
    description: text(source.description),
    approvers: valueOf(source.approvers ?? '{=Document:ASSIGNED_BY_ID}'),
    ...branches(source, reading),
  }),
  delay: source => ({ seconds: amount(source.seconds) }),
}

function stepOf(source: unknown, reading: Reading): Step {
  const read = isMap(source) ? readers[source.type as Step['type']] : undefined
  if (!isMap(source) || !read)
    throw new UnreadableTemplate('type')
  const name = text(source.name) || newStepName(reading.portal)
  return { ...read(source, reading), type: source.type, name, title: text(source.title, text(source.code, name)) } as Step
}

const stepsOf = (value: unknown, reading: Reading): Step[] => listOf(value).map(source => stepOf(source, reading))

function propertiesOf(value: unknown): Record<string, TemplateProperty> {
  if (!isMap(value))
    return {}
  return Object.fromEntries(Object.entries(value).map(([id, property]) => {
    if (!isMap(property))
      throw new UnreadableTemplate(id)
    return [id, { ...property, Name: text(property.Name, id), Type: text(property.Type, 'string') }]
  }))
}

/** Reads TEMPLATE_DATA; null when it holds no template. */
export function readTemplateData(portal: Portal, data: unknown, appId: string): TemplateContent | null {
  const content = contentOf(data)
  try {
    const source = typeof content === 'string' ? decoded(portal, content) : content
    if (!isMap(source) || !Array.isArray(source.steps))
      return null
    const steps = stepsOf(source.steps, { portal, appId })
    const names = walkSteps(steps).map(({ name }) => name)
    if (new Set(names).size !== names.length)
      return null
    return {
      steps,
      parameters: propertiesOf(source.parameters),
      variables: propertiesOf(source.variables),
      constants: propertiesOf(source.constants),
      isLogging: source.isLogging !== false,
    }
  }
  catch (error) {
    if (error instanceof UnreadableTemplate)
      return null
    throw error
  }
}
