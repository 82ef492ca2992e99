import { expect, it } from 'vitest'
import { renderInPortal } from '../../platform/testing/render.ts'
import { recipientKey, recipientName } from './recipient-words.ts'

it('calls recipients by their names, and what is gone by its number', async () => {
  await renderInPortal({ render: () => null })
  const choices = { people: [{ id: 2, name: 'Brice Petit' }], departments: [{ id: 2, name: 'Achats' }] }
  const recipients = [{ kind: 'user', id: 2 }, { kind: 'department', id: 2 }, { kind: 'head_of_department', id: 2 }, { kind: 'role', role: 'portal_admin' }, { kind: 'user', id: 9 }] as const
  expect(recipients.map(one => recipientName(one, choices))).toEqual(['Brice Petit', 'Service Achats', 'Responsable du service Achats', 'Administrateurs du portail', '#9'])
  expect(recipients.map(recipientKey)).toEqual(['user/2', 'department/2', 'head_of_department/2', 'role/portal_admin', 'user/9'])
})
