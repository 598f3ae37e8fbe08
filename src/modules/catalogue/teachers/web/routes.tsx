import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const teachersPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/teachers', validateSearch: onlyFilters('field', 'retired'), component: lazyRouteComponent(() => import('./teachers.page.tsx'), 'TeachersPage') }),
  createRoute({ getParentRoute: () => parent, path: '/teachers/$teacher', component: lazyRouteComponent(() => import('./teacher.page.tsx'), 'TeacherPage') }),
];
