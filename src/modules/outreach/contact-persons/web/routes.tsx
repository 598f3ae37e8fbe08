import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const contactPersonsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/followed', validateSearch: onlyFilters('whose'), component: lazyRouteComponent(() => import('./followed.page.tsx'), 'FollowedPage') }),
];
