import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const overlapPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/overlap', validateSearch: onlyFilters('field'), component: lazyRouteComponent(() => import('./overlap.page.tsx'), 'OverlapPage') }),
];
