import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const proposalsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/proposals', validateSearch: onlyFilters('state', 'mine'), component: lazyRouteComponent(() => import('./proposals.page.tsx'), 'ProposalsPage') }),
];
