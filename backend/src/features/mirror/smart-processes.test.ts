import { describe, expect, it } from 'vitest'
import { listSmartProcesses } from './smart-processes.ts'

describe('the smart processes to choose from', () => {
  it('are those of the portal, and those that were chosen before it lost them', async () => {
    const { processes } = await listSmartProcesses({
      existing: async () => [{ entityTypeId: 128, title: 'Contrats' }, { entityTypeId: 130, title: 'Chantiers' }],
      chosen: async () => [{ entityTypeId: 130, title: 'Chantiers' }, { entityTypeId: 140, title: 'Disparu' }],
    })
    expect(processes).toEqual([
      { entityTypeId: 128, title: 'Contrats', isChosen: false },
      { entityTypeId: 130, title: 'Chantiers', isChosen: true },
      { entityTypeId: 140, title: 'Disparu', isChosen: true },
    ])
  })
})
