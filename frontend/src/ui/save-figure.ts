import { documentApi } from '@comptoir/shared/documents/document.contract'
import { call } from '../platform/api.ts'
import { formatDateTime } from '../platform/format/dates.ts'
import { t, textLanguage } from '../platform/i18n/i18n.ts'

import { saveBlob, saveDocument } from '../platform/save-file.ts'
import { pictureFile, type FigurePicture } from './figure-picture.ts'
import type { FigureTable } from './figure-table.ts'

export const figureFormats = ['png', 'csv', 'xlsx'] as const
export type FigureFormat = (typeof figureFormats)[number]

interface Saved {
  readonly title: string
  readonly table: FigureTable
  readonly period: string | undefined
  readonly picture: (() => Promise<FigurePicture | null>) | undefined
  readonly host: HTMLElement
}

/** A figure as a file: what it is called, what it is about and when it was made are on it. */
export async function saveFigure(format: FigureFormat, { title, table, period, picture, host }: Saved): Promise<void> {
  const facts = period === undefined || period === '' ? [] : [{ label: t('ui.chart.save.period'), value: period }]
  if (format !== 'png') {
    saveDocument(await call(documentApi.figure, { body: {
      format, language: textLanguage(), title: title.slice(0, 200), facts,
      columns: [{ label: capitalized(table.rowHead ?? t('ui.chart.label')), kind: 'text' }, ...table.columns.map(({ label, measure }) => ({ label, ...measure }))],
      rows: table.rows.map(({ label, values }) => [label, ...values]),
    } }))
    return
  }
  const blob = await pictureFile({
    title, table, host, picture: await picture?.() ?? null,
    lines: [...facts.map(({ label, value }) => t('ui.chart.save.fact', { label, value })), t('ui.chart.save.madeAt', { when: formatDateTime(new Date().toISOString()) })],
  })
  if (blob)
    saveBlob(blob, `${fileNameOf(title)}.png`)
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const fileNameOf = (title: string): string =>
  title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'comptoir'
