import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const plansPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/idea-bank', validateSearch: onlyFilters('about'), component: lazyRouteComponent(() => import('./plans.page.tsx'), 'PlansPage') }),
  createRoute({ getParentRoute: () => parent, path: '/idea-bank/$plan', validateSearch: onlyFilters('against'), component: lazyRouteComponent(() => import('./plan.page.tsx'), 'PlanPage') }),
];
