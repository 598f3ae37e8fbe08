import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const tasksPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/tasks', validateSearch: onlyFilters('whose'), component: lazyRouteComponent(() => import('./tasks.page.tsx'), 'TasksPage') }),
];
