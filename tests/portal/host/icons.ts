import type { Markup } from './html.ts'
import { trusted } from './html.ts'

const shapes = {
  home: '<path d="M3 10.5 12 3l9 7.5M5.5 9v11h13V9M10 20v-6h4v6"/>',
  tasks: '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="m8.5 12 2.5 2.5 4.5-5"/>',
  crm: '<path d="M4 5h16l-3 5H7zM7.5 13h9l-2.4 4h-4.2zM10.5 20h3"/>',
  automation: '<path d="M7 9h10a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3zM12 9V5M9.5 4h5M9 14h.01M15 14h.01"/>',
  apps: '<path d="m12 3 8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9"/>',
  code: '<path d="m8 7-5 5 5 5M16 7l5 5-5 5M14 5l-4 14"/>',
  fault: '<path d="M12 4 3 19h18zM12 10v4M12 16.8h.01"/>',
  chart: '<path d="M4 20h16M7 20v-7M12 20V5M17 20v-11"/>',
  console: '<rect x="3" y="4" width="18" height="16" rx="2.5"/><path d="m7 9 3 3-3 3M12.5 15H17"/>',
  bell: '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  edit: '<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3"/>',
  trash: '<path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13"/>',
  menu: '<path d="M5 7h14M5 12h14M5 17h14"/>',
  comment: '<path d="M4 5h16v11H10l-4 4v-4H4z"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  stage: '<path d="M4 7h11l5 5-5 5H4z"/>',
  branch: '<circle cx="6" cy="6" r="2"/><circle cx="6" cy="18" r="2"/><circle cx="18" cy="9" r="2"/><path d="M6 8v8M6 14c0-3 2-5 10-5"/>',
  play: '<path d="M7 5v14l11-7z"/>',
  clock: '<circle cx="12" cy="12" r="8"/><path d="M12 8v4l3 2"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"/>',
} as const

export type IconName = keyof typeof shapes

export const icon = (name: IconName): Markup =>
  trusted(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`)
