import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const eventsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/events', validateSearch: onlyFilters('when'), component: lazyRouteComponent(() => import('./events.page.tsx'), 'EventsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/events/$event', component: lazyRouteComponent(() => import('./event.page.tsx'), 'EventPage') }),
];
