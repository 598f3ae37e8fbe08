import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const dataProtectionPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/data-protection', component: lazyRouteComponent(() => import('./person.page.tsx'), 'PersonDataPage') }),
  createRoute({ getParentRoute: () => parent, path: '/data-protection/clocks', component: lazyRouteComponent(() => import('./clocks.page.tsx'), 'ClocksPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/data-protection/access',
    validateSearch: onlyFilters('by', 'about', 'from', 'to'),
    component: lazyRouteComponent(() => import('./access.page.tsx'), 'AccessPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/data-protection/texts', component: lazyRouteComponent(() => import('./texts.page.tsx'), 'TextsPage') }),
];
