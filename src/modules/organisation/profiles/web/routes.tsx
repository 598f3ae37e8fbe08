import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const profilesPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/consultants',
    validateSearch: onlyFilters('industry', 'language', 'assessment', 'basicSkills', 'product'),
    component: lazyRouteComponent(() => import('./consultants.page.tsx'), 'ConsultantsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/consultants/$person', component: lazyRouteComponent(() => import('./consultant.page.tsx'), 'ConsultantPage') }),
];
