import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const consultantMeetingsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/consultant-meetings', component: lazyRouteComponent(() => import('./meetings.page.tsx'), 'ConsultantMeetingsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/consultant-meetings/$meeting', component: lazyRouteComponent(() => import('./meeting.page.tsx'), 'ConsultantMeetingPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/consultant-meetings/$meeting/board',
    validateSearch: onlyFilters('step'),
    component: lazyRouteComponent(() => import('./board.page.tsx'), 'BoardPage'),
  }),
];
