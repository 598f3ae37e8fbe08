import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const schoolsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/schools',
    validateSearch: onlyFilters('search', 'capability', 'past'),
    component: lazyRouteComponent(() => import('./schools.page.tsx'), 'SchoolsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/schools/new', component: lazyRouteComponent(() => import('./add-school.page.tsx'), 'AddSchoolPage') }),
];
