import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const provisionPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/provision', validateSearch: onlyFilters('school'), component: lazyRouteComponent(() => import('./provision.page.tsx'), 'ProvisionPage') }),
];
