import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const groupsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/working-groups', validateSearch: onlyFilters('whose'), component: lazyRouteComponent(() => import('./groups.page.tsx'), 'GroupsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/working-groups/$group', component: lazyRouteComponent(() => import('./group.page.tsx'), 'GroupPage') }),
];
