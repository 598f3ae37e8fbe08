import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const recruitmentPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/recruitment', validateSearch: onlyFilters('state'), component: lazyRouteComponent(() => import('./needs.page.tsx'), 'RecruitmentPage') }),
  createRoute({ getParentRoute: () => parent, path: '/recruitment/$need', component: lazyRouteComponent(() => import('./need.page.tsx'), 'RecruitmentNeedPage') }),
];
