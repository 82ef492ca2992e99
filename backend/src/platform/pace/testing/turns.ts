/** How often other work had its turn while this ran. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const turn = (): void => {
    turns++
    if (!isOver)
      setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  isOver = true
  return turns
}
