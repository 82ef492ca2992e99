import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type BuildValidator = AjvCompiler.BuildCompilerFromPool
type Validate = ReturnType<ReturnType<BuildValidator>>

/**
 * Fastify's own compilers, at a route's first request instead of at the start: the generated code of hundreds of
 * routes, most of which nobody calls on a given day, would be a seventh of the memory.
 */
export function lazyCompilers(): NonNullable<FastifyServerOptions['schemaController']>['compilersFactory'] {
  const buildAjv = AjvCompiler()
  const buildStringify = SerializerSelector()
  const buildValidator: BuildValidator = (schemas, options) => {
    const compile = buildAjv(schemas, options)
    return route => lazyValidator(() => compile(route))
  }
  return {
    buildValidator,
    buildSerializer: (schemas, options) => {
      const compile = buildStringify(schemas, options)
      return (route) => {
        let stringify: ReturnType<typeof compile> | undefined
        return data => (stringify ??= compile(route))(data)
      }
    },
  }
}

/** What was wrong with the last value stands beside the function, where Fastify looks for it. */
function lazyValidator(compile: () => Validate): Validate {
  let made: Validate | undefined
  const validate = (data: unknown) => {
    made ??= compile()
    const answer = made(data)
    validate.errors = made.errors
    return answer
  }
  validate.errors = undefined as Validate['errors']
  return validate as unknown as Validate
}
