import type { Portal } from '../state.ts'

export function loadData(_portal: Portal, _data: string): void {}
