import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const punchCardsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/punch-cards', validateSearch: onlyFilters('company'), component: lazyRouteComponent(() => import('./punch-cards.page.tsx'), 'PunchCardsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/punch-cards/$punchCard', component: lazyRouteComponent(() => import('./punch-card.page.tsx'), 'PunchCardPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/punch-card-settlements',
    validateSearch: onlyFilters('from', 'to'),
    component: lazyRouteComponent(() => import('./settlements.page.tsx'), 'SettlementsPage'),
  }),
];
