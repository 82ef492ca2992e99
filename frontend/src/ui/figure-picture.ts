import type { LegendEntry } from './chart-legend.ts'
import { lookOf } from './chart-look.ts'
import type { ChartLook } from './chart.ts'
import type { FigureTable } from './figure-table.ts'

/** What a figure draws, for a file. */
export interface FigurePicture {
  readonly canvas: HTMLCanvasElement
  /** As it stands on the page; the canvas may hold more dots. */
  readonly width: number
  readonly height: number
  readonly legend: readonly LegendEntry[]
}

interface Sheet {
  readonly title: string
  /** Period and time of making, each a line. */
  readonly lines: readonly string[]
  readonly picture: FigurePicture | null
  readonly table: FigureTable
  /** Where the page's colours are read. */
  readonly host: HTMLElement
}

const margin = 24
const scale = 2
const lineHeight = 20

/** A picture to hand on: title above, the figure or its table, its legend, and what it is about at the foot. */
export function pictureFile({ title, lines, picture, table, host }: Sheet): Promise<Blob | null> {
  const look = lookOf(host)
  const sheet = document.createElement('canvas')
  const width = picture?.width ?? tableWidth(table)
  const body = picture ? picture.height + picture.legend.length * lineHeight : (table.rows.length + 1) * rowHeight
  sheet.width = (Math.max(width, 320) + 2 * margin) * scale
  sheet.height = (margin * 2 + 40 + body + lines.length * lineHeight + 12) * scale
  const pen = sheet.getContext('2d')
  if (!pen)
    return Promise.resolve(null)
  pen.scale(scale, scale)
  pen.fillStyle = look.surface
  pen.fillRect(0, 0, sheet.width, sheet.height)
  const frame: Frame = { pen, look, left: margin, right: sheet.width / scale - margin }
  pen.direction = look.isRightToLeft ? 'rtl' : 'ltr'
  pen.textBaseline = 'top'
  write(frame, title, margin, `500 17px ${look.font}`, getComputedStyle(host).color)
  const top = margin + 34
  const bottom = picture ? drawPicture(frame, picture, top) : drawTable(frame, table, top)
  lines.forEach((line, at) => write(frame, line, bottom + 10 + at * lineHeight, `12px ${look.font}`, look.text))
  return new Promise(resolve => sheet.toBlob(resolve, 'image/png'))
}

interface Frame { readonly pen: CanvasRenderingContext2D, readonly look: ChartLook, readonly left: number, readonly right: number }

function write({ pen, look, left, right }: Frame, text: string, y: number, font: string, colour: string): void {
  pen.font = font
  pen.fillStyle = colour
  pen.textAlign = 'start'
  pen.fillText(text, look.isRightToLeft ? right : left, y, right - left)
}

function drawPicture({ pen, look, left, right }: Frame, { canvas, width, height, legend }: FigurePicture, top: number): number {
  pen.drawImage(canvas, left, top, width, height)
  let y = top + height + 6
  for (const { label, colour, motif, look: shape } of legend) {
    const tint = look.colours[(colour - 1) % look.colours.length] ?? look.text
    const x = look.isRightToLeft ? right - 16 : left
    pen.fillStyle = shape === 'area' && motif > 0 ? look.pattern(tint, motif) as CanvasPattern : tint
    pen.strokeStyle = tint
    if (shape === 'area' || shape === 'range')
      pen.fillRect(x, y + 1, 16, 12)
    else
      pen.fillRect(x, y + 6, shape === 'line' ? 16 : 6, 2)
    if (shape === 'dashed-line')
      pen.fillRect(x + 10, y + 6, 6, 2)
    pen.font = `13px ${look.font}`
    pen.fillStyle = look.text
    pen.fillText(label, look.isRightToLeft ? right - 24 : left + 24, y)
    y += lineHeight
  }
  return y
}

const rowHeight = 24
const cellWidth = 116
const headWidth = 200
const tableWidth = ({ columns }: FigureTable): number => headWidth + columns.length * cellWidth

function drawTable({ pen, look, left, right }: Frame, { columns, rows }: FigureTable, top: number): number {
  const at = (column: number): number => look.isRightToLeft ? right - headWidth - column * cellWidth : left + headWidth + column * cellWidth
  const line = (label: string, cells: readonly string[], y: number): void => {
    pen.textAlign = 'start'
    pen.fillText(label, look.isRightToLeft ? right : left, y, headWidth - 8)
    pen.textAlign = 'end'
    cells.forEach((cell, column) => pen.fillText(cell, at(column + 1), y, cellWidth - 8))
  }
  pen.font = `13px ${look.font}`
  pen.fillStyle = look.text
  line('', columns.map(({ label }) => label), top)
  rows.forEach(({ label, texts }, index) => {
    const y = top + (index + 1) * rowHeight
    pen.fillRect(left, y - 6, right - left, 0.5)
    line(label, texts, y)
  })
  return top + (rows.length + 1) * rowHeight
}
