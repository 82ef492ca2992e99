import { ref, type Ref } from 'vue'
import { announce } from '../platform/announcer.ts'
import { t } from '../platform/i18n/i18n.ts'

export interface FigurePoint {
  readonly label: string
  readonly text: string
}

/** Points of a figure, walked by the arrow keys and told as they are reached; Enter opens one, T shows the table. */
export function usePoints(points: () => readonly FigurePoint[], { open, toggle }: { open: (index: number) => void, toggle: () => void }): { active: Ref<number>, onKey: (event: KeyboardEvent) => void } {
  const active = ref(-1)

  function move(step: number): void {
    const all = points()
    active.value = Math.min(all.length - 1, Math.max(0, active.value + step))
    const point = all[active.value]
    if (point)
      announce(t('ui.chart.pointAlone', { label: point.label, value: point.text }))
  }

  function onKey(event: KeyboardEvent): void {
    const forward = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? -1 : 1
    const keys: Record<string, () => void> = {
      ArrowRight: () => move(forward),
      ArrowLeft: () => move(-forward),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => move(-points().length),
      End: () => move(points().length),
      Enter: () => active.value >= 0 && open(active.value),
      t: toggle,
    }
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey)
      return
    event.preventDefault()
    act()
  }

  return { active, onKey }
}
