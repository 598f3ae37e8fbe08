import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const visitsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/reports',
    validateSearch: onlyFilters('words', 'topic', 'kind', 'mine', 'company'),
    component: lazyRouteComponent(() => import('./reports.page.tsx'), 'ReportsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/reports/$report', component: lazyRouteComponent(() => import('./report.page.tsx'), 'ReportPage') }),
  createRoute({ getParentRoute: () => parent, path: '/barriers', validateSearch: onlyFilters('quarter'), component: lazyRouteComponent(() => import('./barriers.page.tsx'), 'BarriersPage') }),
];
