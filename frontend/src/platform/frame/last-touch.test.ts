import { afterEach, describe, expect, it, vi } from 'vitest'
import { followTouch } from './last-touch.ts'

/** The browser's answer to what of the frame is on screen. */
function seeing(top: number, bottom: number): void {
  vi.stubGlobal('IntersectionObserver', class {
    readonly tell: (entries: readonly { intersectionRect: { top: number, bottom: number, height: number } }[]) => void
    constructor(tell: (entries: readonly { intersectionRect: { top: number, bottom: number, height: number } }[]) => void) {
      this.tell = tell
    }

    observe(): void {
      this.tell([{ intersectionRect: { top, bottom, height: bottom - top } }])
    }

    disconnect(): void {}
  })
}

const told = (name: string): string => document.documentElement.style.getPropertyValue(name)
const touchAt = (y: number): void => void document.body.dispatchEvent(new MouseEvent('pointerdown', { clientY: y, bubbles: true }))

describe('the last touch', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is told with the part of a tall frame that is on screen, below the bar of the host', () => {
    seeing(1_200, 2_000)
    followTouch(window)
    touchAt(1_300)
    expect([told('--touched-y'), told('--seen-top'), told('--seen-bottom')]).toEqual(['1300px', '1264px', '2000px'])
  })

  it.each(['<div role="dialog"><button>OK</button></div>', '<ol class="fixed top-4"><li><button>OK</button></li></ol>'])('is not one inside %s, which would move away under the pointer', (overlay) => {
    seeing(0, 2_000)
    touchAt(700)
    document.body.innerHTML = overlay
    document.querySelector('button')!.dispatchEvent(new MouseEvent('pointerdown', { clientY: 900, bubbles: true }))
    expect(told('--touched-y')).toBe('700px')
  })

  it('needs no distance from a bar while the top of the frame is in sight', () => {
    seeing(0, 700)
    touchAt(40)
    expect([told('--touched-y'), told('--seen-top')]).toEqual(['40px', '0px'])
  })
})
