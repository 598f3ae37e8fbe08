import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const fundingPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/funding', validateSearch: onlyFilters('retired'), component: lazyRouteComponent(() => import('./funding.page.tsx'), 'FundingPage') }),
];
