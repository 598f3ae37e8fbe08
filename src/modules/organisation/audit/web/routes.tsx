import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const auditPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/log', validateSearch: onlyFilters('event', 'person', 'subject'), component: lazyRouteComponent(() => import('./log.page.tsx'), 'LogPage') }),
];
