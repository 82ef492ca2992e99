import type { FastifyInstance } from 'fastify'
import { complianceApi } from '@comptoir/shared/relationship/compliance.contract'
import { contractApi } from '@comptoir/shared/relationship/contract.contract'
import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import { readCompliance } from './compliance.postgres.ts'
import { editContract, noticeContract, signContract, terminateContract } from './contract.ts'
import { changeContract, createContract, removeDraft } from './contract-writes.postgres.ts'
import { listContracts, presentContract, readContractHistory } from './contracts.postgres.ts'
import { deadlineRoutes } from './deadline.routes.ts'
import { receiveDocument, removeDocument, updateDocument, verifyDocument } from './document-writes.postgres.ts'
import { liftHold } from './holds.postgres.ts'
import { changeRules, listAutomaticMoves, previewMove, previewRules, revertMove } from './lifecycle.postgres.ts'
import { readLifeRules } from './lifecycle-rules.postgres.ts'
import type { RelationshipDeps } from './relationship-deps.ts'
import { addRequirement, changeRequirement, listRequirements, removeRequirement } from './requirements.postgres.ts'

export function relationshipRoutes(app: FastifyInstance, deps: RelationshipDeps): void {
  contractRoutes(app, deps)
  complianceRoutes(app, deps)
  requirementRoutes(app, deps)
  lifecycleRoutes(app, deps)
  deadlineRoutes(app, deps)
}

function contractRoutes(app: FastifyInstance, { db, now }: RelationshipDeps): void {
  serve(app, contractApi.list, ({ params }, caller) => listContracts(db, caller, params.vendorId, now()))
  serve(app, contractApi.create, async ({ params, body }, caller) =>
    presentContract(db, caller, await createContract(db, caller, params.vendorId, body, now()), now()))
  serve(app, contractApi.update, async ({ params, body: { version, fields, reason } }, caller) =>
    presentContract(db, caller, await changeContract(db, caller, { ...params, version }, now(), { reason, decide: contract => editContract(contract, fields) }), now()))
  serve(app, contractApi.sign, async ({ params, body: { version, signedOn } }, caller) =>
    presentContract(db, caller, await changeContract(db, caller, { ...params, version }, now(), { decide: (contract, today) => signContract(contract, signedOn, today) }), now()))
  serve(app, contractApi.giveNotice, async ({ params, body: { version, givenOn } }, caller) =>
    presentContract(db, caller, await changeContract(db, caller, { ...params, version }, now(), { decide: (contract, today) => noticeContract(contract, givenOn, today) }), now()))
  serve(app, contractApi.terminate, async ({ params, body: { version, on, reason } }, caller) =>
    presentContract(db, caller, await changeContract(db, caller, { ...params, version }, now(), {
      role: 'approver', reason, decide: (contract, today) => terminateContract(contract, on, reason, today),
    }), now()))
  serve(app, contractApi.remove, async ({ params }, caller) => {
    await removeDraft(db, caller, params.contractId)
    return {}
  })
  serve(app, contractApi.history, async ({ params }, caller) => ({ versions: await readContractHistory(db, caller, params.contractId) }))
}

function complianceRoutes(app: FastifyInstance, { db, now }: RelationshipDeps): void {
  const shown = async (caller: Caller, vendorId: string | Promise<string>) => readCompliance(db, caller, await vendorId, now())

  serve(app, complianceApi.ofVendor, ({ params }, caller) => shown(caller, params.vendorId))
  serve(app, complianceApi.receive, async ({ params: { vendorId }, body }, caller) => {
    await receiveDocument(db, caller, vendorId, body, now())
    return shown(caller, vendorId)
  })
  serve(app, complianceApi.update, ({ params, body: { version, fields } }, caller) =>
    shown(caller, updateDocument(db, caller, { ...params, version }, fields, now())))
  serve(app, complianceApi.verify, ({ params, body: { version, proof } }, caller) =>
    shown(caller, verifyDocument(db, caller, { ...params, version }, proof, now())))
  serve(app, complianceApi.remove, ({ params, query }, caller) => shown(caller, removeDocument(db, caller, { ...params, ...query }, now())))
  serve(app, complianceApi.lift, ({ params, body }, caller) => shown(caller, liftHold(db, caller, params.holdId, body.reason, now())))
}

function requirementRoutes(app: FastifyInstance, { db, now }: RelationshipDeps): void {
  serve(app, complianceApi.requirements, (_request, { portal }) => listRequirements(db, portal.id))
  serve(app, complianceApi.addRequirement, ({ body }, caller) => addRequirement(db, caller, body, now()))
  serve(app, complianceApi.changeRequirement, ({ params, body }, caller) =>
    changeRequirement(db, caller, params.requirementId, body.version, body.fields, now()))
  serve(app, complianceApi.removeRequirement, async ({ params }, caller) => {
    await removeRequirement(db, caller, params.requirementId, now())
    return {}
  })
}

function lifecycleRoutes(app: FastifyInstance, { db, now }: RelationshipDeps): void {
  serve(app, lifecycleApi.preview, ({ params }, caller) => previewMove(db, caller, params.vendorId, params.to))
  serve(app, lifecycleApi.automaticMoves, async ({ params }, caller) => {
    await requireVendor(db, caller, params.vendorId)
    return listAutomaticMoves(db, caller, params.vendorId)
  })
  serve(app, lifecycleApi.revert, ({ params }, caller) => revertMove(db, caller, params.moveId, now()))
  serve(app, lifecycleApi.rules, (_request, caller) => shownRules(caller))
  serve(app, lifecycleApi.saveRules, async ({ body }, caller) => {
    await changeRules(db, caller, body.rules, body.isAppliedNow, now())
    return shownRules(caller)
  })

  async function shownRules(caller: Caller) {
    const [rules, preview, latest] = await Promise.all([
      readLifeRules(db, caller.portal.id), previewRules(db, caller, now()), listAutomaticMoves(db, caller, null),
    ])
    return { rules, preview, latest }
  }
}
