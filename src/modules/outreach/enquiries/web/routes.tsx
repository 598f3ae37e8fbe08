import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const enquiriesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/enquiries', validateSearch: onlyFilters('state', 'mine'), component: lazyRouteComponent(() => import('./enquiries.page.tsx'), 'EnquiriesPage') }),
];
