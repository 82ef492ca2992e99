import { describe, expect, it } from 'vitest'
import { readStatuses, readUsers } from './crm-directories.ts'

const stage = (STATUS_ID: string, more: object) => ({ ENTITY_ID: 'DEAL_STAGE_3', STATUS_ID, NAME: STATUS_ID, SORT: '10', ...more })

describe('the portal\'s directories', () => {
  it.each([
    ['the column, in any case', { SEMANTICS: 'f' }, 'C3:OWN', 'F'],
    ['the word beside it, in any case', { SEMANTICS: null, EXTRA: { SEMANTICS: 'SUCCESS' } }, 'C3:OWN', 'S'],
    ['the id of a final stage where the portal says nothing', { SEMANTICS: '', EXTRA: [] }, 'C3:WON', 'S'],
    ['the id of a lost stage where the portal says nothing', {}, 'C3:APOLOGY', 'F'],
    ['nothing for a stage of the portal\'s own', {}, 'C3:ALMOST_WON', 'P'],
  ])('take the meaning of a stage from %s', (_, more, id, semantics) => {
    expect(readStatuses({ 4: stage(id, more) }).stages).toMatchObject([{ id, categoryId: 3, semantics }])
  })

  it('count people as active where the right to read them hides it', () => {
    expect(readUsers([{ ID: 7, NAME: 'Ben', UF_DEPARTMENT: false }, { ID: '9', ACTIVE: false }]))
      .toMatchObject([{ id: 7, isActive: true, isEmployee: true, departmentIds: [] }, { id: 9, isActive: false }])
  })

  it('tell guests from employees', () => {
    expect(readUsers([{ ID: 7, USER_TYPE: 'employee' }, { ID: 6, USER_TYPE: 'extranet' }])).toMatchObject([{ isEmployee: true }, { isEmployee: false }])
  })
})
