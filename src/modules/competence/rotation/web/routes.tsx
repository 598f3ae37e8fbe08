import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const rotationPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/rotations', validateSearch: onlyFilters('company'), component: lazyRouteComponent(() => import('./rotations.page.tsx'), 'RotationsPage') }),
];
