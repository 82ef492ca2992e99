import type { CatalogueEntry } from '@comptoir/shared/actions/action.contract'

export type InstallState = 'installed' | 'outdated' | 'partial' | 'absent' | 'unknown'

/** Both forms of an action belong together: half of them is something to repair. */
export function installStateOf({ activity, robot, installedVersion, currentVersion }: CatalogueEntry): InstallState {
  if (activity === 'unknown' || robot === 'unknown')
    return installedVersion === null ? 'unknown' : 'installed'
  if (activity !== robot)
    return 'partial'
  if (activity === 'absent')
    return 'absent'
  // Both are there since an installation that did not note its version: nothing says that they are old.
  return installedVersion === null || installedVersion === currentVersion ? 'installed' : 'outdated'
}

/** What an administrator would do next; null when there is nothing to do. */
export const nextAct = (state: InstallState): 'install' | 'update' | 'repair' | null =>
  ({ installed: null, outdated: 'update', partial: 'repair', absent: 'install', unknown: null } as const)[state]
