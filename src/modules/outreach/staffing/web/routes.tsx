import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const staffingPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/week', validateSearch: onlyFilters('week'), component: lazyRouteComponent(() => import('./week.page.tsx'), 'WeekPage') }),
  createRoute({ getParentRoute: () => parent, path: '/staffing', validateSearch: onlyFilters('week', 'plan'), component: lazyRouteComponent(() => import('./plan.page.tsx'), 'StaffingPage') }),
];
