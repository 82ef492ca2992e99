import type { PortalModule } from '../module.ts'
import { startAutomation } from './automation.ts'
import { registerAnswerMethods } from './rest-answers.ts'
import { registerRegistrationMethods } from './rest-registrations.ts'
import { registerTaskMethods } from './rest-tasks.ts'
import { registerTemplateMethods } from './rest-templates.ts'
import { registerTriggerMethods } from './rest-triggers.ts'
import { registerWorkflowMethods } from './rest-workflows.ts'

/** The workflow engine: its REST methods, and the automation that follows changes of records. */
export function registerBizproc({ portal, rest }: PortalModule): void {
  registerRegistrationMethods(rest)
  registerAnswerMethods(rest)
  registerTaskMethods(rest)
  registerTemplateMethods(rest)
  registerTriggerMethods(rest)
  registerWorkflowMethods(rest)
  startAutomation(portal)
}
