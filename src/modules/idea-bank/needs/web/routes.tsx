import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const pooledNeedsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/needs',
    validateSearch: onlyFilters('field', 'state', 'company'),
    component: lazyRouteComponent(() => import('./needs.page.tsx'), 'PooledNeedsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/needs/$need', component: lazyRouteComponent(() => import('./need.page.tsx'), 'PooledNeedPage') }),
];
