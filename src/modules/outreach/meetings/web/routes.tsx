import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const meetingsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/meetings',
    validateSearch: onlyFilters('past', 'leaderless'),
    component: lazyRouteComponent(() => import('./meetings.page.tsx'), 'MeetingsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/meetings/$meeting', validateSearch: onlyFilters('give'), component: lazyRouteComponent(() => import('./meeting.page.tsx'), 'MeetingPage') }),
  createRoute({ getParentRoute: () => parent, path: '/assignment-rule', component: lazyRouteComponent(() => import('./rule.page.tsx'), 'RulePage') }),
];
