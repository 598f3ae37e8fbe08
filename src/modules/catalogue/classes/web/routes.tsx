import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const classesPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/classes',
    validateSearch: onlyFilters('course', 'field', 'school', 'state', 'part', 'delivery', 'near', 'km'),
    component: lazyRouteComponent(() => import('./classes.page.tsx'), 'ClassesPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/classes/$class', component: lazyRouteComponent(() => import('./class.page.tsx'), 'ClassPage') }),
];
