import type { FastifyInstance } from 'fastify'
import { accessApi } from '@comptoir/shared/access/access.contract'
import { approvalApi } from '@comptoir/shared/access/approval.contract'
import { historyApi } from '@comptoir/shared/access/history.contract'
import { usualTwoPersonRule, type TwoPersonRule } from '@comptoir/shared/access/protected-fields'
import { satisfies } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { Session, Viewer } from '@comptoir/shared/portal/portal.contract'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { confirmIbans } from './confirm-ibans.postgres.ts'
import { approve, reject, withdraw } from './decide.postgres.ts'
import { changeGrant, giveGrant, listGrants, previewGrant, takeGrant } from './grants.postgres.ts'
import { readHistory } from './history.postgres.ts'
import { countWaiting, getProposal, listApprovals } from './proposals.postgres.ts'
import { findSubjects, readGrantChanges } from './subjects.postgres.ts'
import { chooseRule, findViewer, noteViewing } from './viewing.postgres.ts'
import { whoSees } from './who-sees.postgres.ts'

export interface AccessDeps {
  readonly db: Database
  readonly now: () => Date
  readonly saveSettings: (portalId: number, change: { twoPersonRule: TwoPersonRule }) => Promise<void>
  /** A session of the given viewer that changes nothing, opened by `viewingBy`. */
  readonly openViewing: (portal: PortalRecord, viewer: Viewer, viewingBy: Viewer) => Promise<Session>
}

export function accessRoutes(app: FastifyInstance, deps: AccessDeps): void {
  grantRoutes(app, deps)
  approvalRoutes(app, deps)
  const { db, now } = deps

  serve(app, historyApi.list, ({ query }, caller) => readHistory(db, caller, query))

  serve(app, accessApi.sight, async ({ params, query }, caller) => {
    const rights = await requireVendor(db, caller, params.vendorId)
    if (!satisfies(rights, { role: 'approver' }))
      throw new AppError('vendor.forbidden', { details: { role: 'approver' } })
    return whoSees(db, caller.portal.id, params.vendorId, query.search ?? '')
  })

  serve(app, accessApi.viewAs, async ({ body }, { portal, viewer }) => {
    const seen = await findViewer(db, portal.id, body.userId)
    await noteViewing(db, portal.id, { viewer, seen, now: now() })
    return deps.openViewing(portal, seen, viewer)
  })
}

const madeBy = ({ portal, viewer }: Caller, now: Date) => ({ portalId: portal.id, userId: viewer.userId, now })

function grantRoutes(app: FastifyInstance, { db, now, saveSettings }: AccessDeps): void {
  serve(app, accessApi.grants, async (_request, { portal }) =>
    ({ grants: await listGrants(db, portal.id), twoPersonRule: portal.settings.twoPersonRule ?? usualTwoPersonRule }))
  serve(app, accessApi.subjects, ({ query }, { portal }) => findSubjects(db, portal.id, query.search ?? ''))
  serve(app, accessApi.preview, ({ body }, { portal }) => previewGrant(db, portal.id, body))
  serve(app, accessApi.give, ({ body }, caller) => giveGrant(db, body, madeBy(caller, now())))
  serve(app, accessApi.change, ({ params, body }, caller) => changeGrant(db, params.grantId, body, madeBy(caller, now())))
  serve(app, accessApi.take, ({ params }, caller) => takeGrant(db, params.grantId, madeBy(caller, now())))
  serve(app, accessApi.changes, ({ query }, { portal }) => readGrantChanges(db, portal.id, query.before ?? null))
  serve(app, accessApi.chooseRule, async ({ body }, caller) => {
    await chooseRule(db, caller.portal, body.rule, madeBy(caller, now()))
    await saveSettings(caller.portal.id, { twoPersonRule: body.rule })
    return body
  })
}

function approvalRoutes(app: FastifyInstance, { db, now }: AccessDeps): void {
  serve(app, approvalApi.list, ({ query }, caller) => listApprovals(db, caller, query))
  serve(app, approvalApi.count, async (_request, caller) => ({ count: await countWaiting(db, caller) }))
  serve(app, approvalApi.ofVendor, async ({ params }, caller) => {
    await requireVendor(db, caller, params.vendorId)
    return listApprovals(db, caller, { vendorId: params.vendorId })
  })
  serve(app, approvalApi.approve, async ({ params, body }, caller) => {
    await approve(db, caller, params.proposalId, { comment: body.comment?.trim() || null, now: now() })
    return getProposal(db, caller, params.proposalId)
  })
  serve(app, approvalApi.reject, async ({ params, body }, caller) => {
    await reject(db, caller, params.proposalId, { comment: body.comment.trim(), now: now() })
    return getProposal(db, caller, params.proposalId)
  })
  serve(app, approvalApi.withdraw, async ({ params }, caller) => {
    await withdraw(db, caller, params.proposalId, now())
    return getProposal(db, caller, params.proposalId)
  })
  serve(app, approvalApi.confirmIbans, ({ body }, caller) =>
    confirmIbans(db, caller, body.vendors, { rule: caller.portal.settings.twoPersonRule ?? usualTwoPersonRule, now: now() }))
}
