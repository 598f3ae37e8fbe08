import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const callsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/calls', component: lazyRouteComponent(() => import('./calls.page.tsx'), 'CallsPage') }),
  createRoute({
    getParentRoute: () => parent,
    path: '/calls-made',
    validateSearch: onlyFilters('campaign', 'outcome', 'open'),
    component: lazyRouteComponent(() => import('./calls-made.page.tsx'), 'CallsMadePage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/companies/$company/call', component: lazyRouteComponent(() => import('./record-call.page.tsx'), 'RecordCallPage') }),
];
