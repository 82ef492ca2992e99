import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { isSame } from '@comptoir/shared/dashboards/board-diff'
import type { BoardSpec, Tile } from '@comptoir/shared/dashboards/board'
import type { Board } from '@comptoir/shared/dashboards/board.contract'

export interface BoardDraft {
  readonly title: Ref<string>
  /** Empty: all deals. */
  readonly segmentId: Ref<string>
  readonly tiles: ComputedRef<readonly Tile[]>
  readonly isEditing: Ref<boolean>
  readonly isDirty: ComputedRef<boolean>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  begin: () => void
  change: (tiles: readonly Tile[]) => void
  undo: () => void
  redo: () => void
  /** Back to what is stored. */
  discard: () => void
}

const mostSteps = 100

/** A board while it is being changed: every step can be taken back, and nothing is kept until it is saved. */
export function useBoardDraft(board: () => Board | undefined): BoardDraft {
  const title = ref('')
  const segmentId = ref('')
  const isEditing = ref(false)
  const steps = shallowRef<readonly (readonly Tile[])[]>([])
  const at = ref(0)
  const stored = (): BoardSpec => board()?.spec ?? { tiles: [] }
  const tiles = computed(() => isEditing.value ? steps.value[at.value] ?? [] : stored().tiles)

  return {
    title,
    segmentId,
    tiles,
    isEditing,
    isDirty: computed(() => isEditing.value && (title.value.trim() !== board()?.title || segmentId.value !== (stored().segmentId ?? '') || !isSame(stored(), { tiles: [...tiles.value] }))),
    canUndo: computed(() => isEditing.value && at.value > 0),
    canRedo: computed(() => isEditing.value && at.value < steps.value.length - 1),
    begin() {
      title.value = board()?.title ?? ''
      segmentId.value = stored().segmentId ?? ''
      steps.value = [stored().tiles]
      at.value = 0
      isEditing.value = true
    },
    change(next) {
      if (isSame({ tiles: [...tiles.value] }, { tiles: [...next] }))
        return
      steps.value = [...steps.value.slice(0, at.value + 1), next].slice(-mostSteps)
      at.value = steps.value.length - 1
    },
    undo() {
      at.value = Math.max(0, at.value - 1)
    },
    redo() {
      at.value = Math.min(steps.value.length - 1, at.value + 1)
    },
    discard() {
      isEditing.value = false
    },
  }
}
