import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const classFilesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/class-files', component: lazyRouteComponent(() => import('./class-files.page.tsx'), 'ClassFilesPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/class-files/$file',
    validateSearch: onlyFilters('outcome'),
    component: lazyRouteComponent(() => import('./class-file.page.tsx'), 'ClassFilePage'),
  }),
];
