import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const coursesPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/courses',
    validateSearch: onlyFilters('q', 'field', 'industry', 'kind', 'awards', 'school', 'show'),
    component: lazyRouteComponent(() => import('./courses.page.tsx'), 'CoursesPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/courses/$course', component: lazyRouteComponent(() => import('./course.page.tsx'), 'CoursePage') }),
  createRoute({ getParentRoute: () => parent, path: '/delivery-forms', component: lazyRouteComponent(() => import('./forms.page.tsx'), 'DeliveryFormsPage') }),
];
