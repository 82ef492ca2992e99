import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How wide an element is: a picture of lines is drawn for its room, so that its letters keep their size. */
export const useWidth = (element: Ref<HTMLElement | null>, otherwise = 480): Ref<number> => useSide(element, 'width', otherwise)

/** How tall an element is that fills what others leave. */
export const useHeight = (element: Ref<HTMLElement | null>, otherwise: number): Ref<number> => useSide(element, 'height', otherwise)

function useSide(element: Ref<HTMLElement | null>, side: 'width' | 'height', otherwise: number): Ref<number> {
  const length = ref(otherwise)
  const observer = typeof ResizeObserver === 'undefined'
    ? null
    : new ResizeObserver(([entry]) => {
        if (entry && entry.contentRect[side] > 0)
          length.value = Math.round(entry.contentRect[side])
      })
  onMounted(() => element.value && observer?.observe(element.value))
  onBeforeUnmount(() => observer?.disconnect())
  return length
}
