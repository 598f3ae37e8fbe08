import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const programmesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/programmes', validateSearch: onlyFilters('retired'), component: lazyRouteComponent(() => import('./programmes.page.tsx'), 'ProgrammesPage') }),
];
