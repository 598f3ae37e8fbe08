import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const hearingPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/hearings', component: lazyRouteComponent(() => import('./hearings.page.tsx'), 'HearingsPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/hearings/$campaign',
    validateSearch: onlyFilters('show', 'search'),
    component: lazyRouteComponent(() => import('./hearing.page.tsx'), 'HearingPage'),
  }),
];
