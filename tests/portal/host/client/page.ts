import { activateAutocomplete } from './autocomplete.ts'
import { activateBell } from './bell.ts'
import { activateConsole } from './console.ts'
import { activateDesigner } from './designer.ts'
import { activateForms } from './forms.ts'
import { performers } from './frame-performers.ts'
import { listen } from './frames.ts'
import { activateKanban } from './kanban.ts'
import { activateLinks } from './links.ts'
import { watchLive } from './live.ts'
import { activateRecordForms } from './record-form.ts'
import { activateMenus } from './row-menu.ts'
import { activateRuns } from './runs.ts'
import { sliders } from './sliders.ts'
import { activateTabs, showEagerFrames } from './tabs.ts'

listen(performers)
sliders()
activateLinks()
activateForms()
activateMenus()
activateRecordForms()
activateRuns()
activateAutocomplete()
activateBell()
activateKanban()
activateConsole()
document.querySelectorAll<HTMLElement>('[data-tabs]').forEach(activateTabs)
document.querySelectorAll<HTMLElement>('[data-designer]').forEach(activateDesigner)
showEagerFrames()
watchLive()
document.documentElement.dataset.ready = 'yes'
