/** Does the same with each item of a long list; a server lets its other requests in between. */
export type EachInTurn = <Item>(items: Iterable<Item>, work: (item: Item) => void) => Promise<void>

export const withoutBreath: EachInTurn = async (items, work) => {
  for (const item of items)
    work(item)
}
