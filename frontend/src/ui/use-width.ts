import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How wide an element is: a picture of lines is drawn for its room, so that its letters keep their size. */
export function useWidth(element: Ref<HTMLElement | null>, otherwise = 480): Ref<number> {
  const width = ref(otherwise)
  const observer = typeof ResizeObserver === 'undefined'
    ? null
    : new ResizeObserver(([entry]) => {
        if (entry && entry.contentRect.width > 0)
          width.value = Math.round(entry.contentRect.width)
      })
  onMounted(() => element.value && observer?.observe(element.value))
  onBeforeUnmount(() => observer?.disconnect())
  return width
}
