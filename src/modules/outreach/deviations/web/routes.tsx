import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const deviationsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/assignment-deviations',
    validateSearch: onlyFilters('from', 'to'),
    component: lazyRouteComponent(() => import('./deviations.page.tsx'), 'DeviationsPage'),
  }),
];
