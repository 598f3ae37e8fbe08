import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const peoplePages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/people', validateSearch: onlyFilters('search', 'role', 'past'), component: lazyRouteComponent(() => import('./people.page.tsx'), 'PeoplePage') }),
  createRoute({ getParentRoute: () => parent, path: '/people/invite', component: lazyRouteComponent(() => import('./invite.page.tsx'), 'InvitePage') }),
  createRoute({ getParentRoute: () => parent, path: '/people/$person', component: lazyRouteComponent(() => import('./person.page.tsx'), 'PersonPage') }),
];
