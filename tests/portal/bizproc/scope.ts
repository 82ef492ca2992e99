import type { Portal } from '../state.ts'
import type { WorkflowInstance } from '../state.bizproc.ts'
import type { Scope } from './expressions.ts'
import { documentFields, readDocument } from './document-values.ts'
import { portalDate, portalDateTime } from './portal-time.ts'

type Values = Readonly<Record<string, unknown>>

function lookUp(values: Values | undefined, key: string): unknown {
  if (!values || key in values)
    return values?.[key]
  const found = Object.keys(values).find(name => name.toLowerCase() === key.toLowerCase())
  return found === undefined ? undefined : values[found]
}

/** What expressions of a running workflow may name; the document is read when asked, never remembered. */
export function scopeOf(portal: Portal, instance: WorkflowInstance): Scope {
  const document = () => readDocument(portal, instance.documentId) ?? {}
  const sources: Record<string, () => Values> = {
    document,
    template: () => instance.parameters,
    parameter: () => instance.parameters,
    variable: () => instance.variables,
    constant: () => instance.constants,
    workflow: () => ({ ID: instance.id, TemplateId: instance.templateId }),
    user: () => ({ ID: `user_${instance.startedBy}` }),
    system: () => ({ Now: portalDateTime(portal.clock.now()), Date: portalDate(portal.clock.now()) }),
  }

  return {
    value(source, key) {
      const values = sources[source.toLowerCase()]?.() ?? lookUp(instance.results, source) as Values | undefined
      return lookUp(values, key)
    },
    fieldByCaption(caption) {
      const fields = Object.entries(documentFields(portal, instance.documentType))
      const wanted = caption.trim().toLowerCase()
      const [code] = fields.find(([key, { Name }]) => key.toLowerCase() === wanted || Name.toLowerCase() === wanted) ?? []
      return code === undefined ? undefined : document()[code]
    },
    userName(userId) {
      const user = portal.users.get(userId)
      return user ? `${user.name} ${user.lastName}` : `user_${userId}`
    },
  }
}
