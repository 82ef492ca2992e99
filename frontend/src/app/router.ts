import { nextTick } from 'vue'
import { createRouter, createWebHashHistory, type Router, type RouterHistory } from 'vue-router'
import NotFoundPage from './NotFoundPage.vue'
import type { Section } from './pages.ts'
import { routes } from './placements.ts'

declare module 'vue-router' {
  interface RouteMeta {
    isAdminOnly?: boolean
    section?: Section
  }
}

/** The page's address lives behind the `#`: the path in front of it belongs to the host's POST. */
export function makeRouter(start: string, history: RouterHistory = createWebHashHistory()): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', redirect: start },
      ...routes,
      { path: '/:unknown(.*)*', component: NotFoundPage },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.afterEach((to, from) => {
    // Not on the first page: the focus then belongs to the host around the frame.
    if (from.matched.length > 0 && to.path !== from.path)
      void nextTick(focusHeading)
  })
  return router
}

function focusHeading(): void {
  document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true })
}
