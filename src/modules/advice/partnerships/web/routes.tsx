import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const partnershipsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/partnerships',
    validateSearch: onlyFilters('company', 'state'),
    component: lazyRouteComponent(() => import('./partnerships.page.tsx'), 'PartnershipsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/partnerships/$partnership', component: lazyRouteComponent(() => import('./partnership.page.tsx'), 'PartnershipPage') }),
];
