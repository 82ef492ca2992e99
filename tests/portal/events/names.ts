const crmObjects = ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'DYNAMICITEM', 'TYPE', 'CURRENCY', 'TIMELINECOMMENT', 'ACTIVITY', 'REQUISITE', 'BANKDETAIL']
const changes = ['ADD', 'UPDATE', 'DELETE']

const lifecycle = ['ONAPPINSTALL', 'ONAPPUNINSTALL', 'ONAPPUPDATE', 'ONAPPPAYMENT', 'ONAPPMETHODCONFIRM', 'ONAPPTEST', 'ONUSERADD', 'ONOFFLINEEVENT']

export function eventNames(scopes: ReadonlySet<string> | readonly string[], typeIds: readonly number[]): string[] {
  const granted = new Set(scopes)
  const crm = [
    ...crmObjects.flatMap(object => changes.map(change => `ONCRM${object}${change}`)),
    ...[31, ...typeIds].flatMap(type => changes.map(change => `ONCRMDYNAMICITEM${change}_${type}`)),
    'ONCRMDEALMOVETOCATEGORY',
  ]
  return [
    ...lifecycle,
    ...(granted.has('crm') ? crm : []),
    ...(granted.has('task') || granted.has('tasks') ? changes.map(change => `ONTASK${change}`) : []),
  ]
}

const legacy: Record<number, string> = { 1: 'LEAD', 2: 'DEAL', 3: 'CONTACT', 4: 'COMPANY', 7: 'QUOTE' }
const words = { added: 'ADD', updated: 'UPDATE', deleted: 'DELETE' } as const

/** Names under which a change of an item is announced. */
export function itemEventNames(entityTypeId: number, kind: keyof typeof words): string[] {
  const object = legacy[entityTypeId]
  return object ? [`ONCRM${object}${words[kind]}`] : [`ONCRMDYNAMICITEM${words[kind]}`, `ONCRMDYNAMICITEM${words[kind]}_${entityTypeId}`]
}
