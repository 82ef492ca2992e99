import type { Board } from '@comptoir/shared/dashboards/board.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import BoardShares from './BoardShares.vue'

const board: Board = {
  boardId: 'b', title: 'Ventes', version: 1, isMine: true, canEdit: true, ownerName: null, pins: [], updatedAt: '2026-01-01T00:00:00Z', spec: { tiles: [] },
  shares: [{ subjectKind: 'department', subjectId: 5, role: 'viewer' }, { subjectKind: 'user', subjectId: 5, role: 'editor' }],
}

it('names the departments and people that a board is shared with', async () => {
  fakeApi().on(reportApi.choices, () => ({ people: [{ id: 5, name: 'Nadia Benali' }], departments: [{ id: 5, name: 'Achats' }], channels: [] }))
  const { findByText, getByText } = await renderInPortal(BoardShares, { props: { board } })
  expect(await findByText('Service Achats')).toBeTruthy()
  expect(getByText('Nadia Benali')).toBeTruthy()
})
