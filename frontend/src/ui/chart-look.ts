import type { ChartLook } from './chart.ts'

/** The colours of the page's theme, as they are now. */
export function lookOf(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element)
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise
  return {
    colours: [1, 2, 3, 4, 5, 6].map(index => read(`--chart-${index}`, '#0b66d6')),
    grid: read('--chart-grid', '#dfe3e8'),
    text: read('--chart-text', '#525c69'),
    font: style.fontFamily,
    surface: read('--ui-color-bg-content-primary', '#ffffff'),
    isRightToLeft: style.direction === 'rtl',
    isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
    pattern: striped,
  }
}

const TILE_PX = 8

/** Stripes that lean, cross or dot by the series' place. */
function striped(colour: string, index: number): unknown {
  const tile = document.createElement('canvas')
  tile.width = TILE_PX
  tile.height = TILE_PX
  const pen = tile.getContext('2d')
  if (!pen)
    return colour
  pen.fillStyle = `${colour}33`
  pen.fillRect(0, 0, TILE_PX, TILE_PX)
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = 2
  draw(pen, (index - 1) % 4)
  return pen.createPattern(tile, 'repeat') ?? colour
}

function draw(pen: CanvasRenderingContext2D, motif: number): void {
  const stroke = (...lines: readonly (readonly [number, number, number, number])[]): void => {
    pen.beginPath()
    for (const [x1, y1, x2, y2] of lines) {
      pen.moveTo(x1, y1)
      pen.lineTo(x2, y2)
    }
    pen.stroke()
  }
  if (motif === 0)
    stroke([-2, 6, 6, -2], [2, 10, 10, 2])
  else if (motif === 1)
    pen.fillRect(2, 2, 4, 4)
  else if (motif === 2)
    stroke([-2, 2, 6, 10], [2, -2, 10, 6])
  else
    stroke([0, 4, 8, 4])
}
