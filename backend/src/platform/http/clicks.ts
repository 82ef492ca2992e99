/** How long the same request is taken for the same click, or for another try after a lost answer. */
const sameClickMs = 1_000

export interface Clicks {
  /** Does the work, unless the person's last request was this very one: then both get the same answer. A click of null is never the same. */
  take<T>(person: Person, click: string | null, work: () => Promise<T>): Promise<T>
  /** What was allowed a moment ago may not be any more. */
  forget(portalId: number): void
}

interface Person { readonly portalId: number, readonly userId: number }

interface Taken { readonly click: string, readonly answer: Promise<unknown> }

/** What failed may be tried again at once, and what is asked after something else is meant anew. */
export function createClicks(): Clicks {
  const portals = new Map<number, Map<number, Taken>>()
  return {
    take<T>({ portalId, userId }: Person, click: string | null, work: () => Promise<T>): Promise<T> {
      const last = portals.get(portalId) ?? new Map<number, Taken>()
      portals.set(portalId, last)
      const before = last.get(userId)
      if (before && before.click === click)
        return before.answer as Promise<T>
      const answer = work()
      if (click === null) {
        last.delete(userId)
        return answer
      }
      const entry = { click, answer }
      last.set(userId, entry)
      const forget = () => {
        if (last.get(userId) === entry)
          last.delete(userId)
      }
      answer.then(() => setTimeout(forget, sameClickMs).unref(), forget)
      return answer
    },
    forget: portalId => void portals.delete(portalId),
  }
}
