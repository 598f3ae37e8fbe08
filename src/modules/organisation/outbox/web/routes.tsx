import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const outboxPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/outbox', validateSearch: onlyFilters('state'), component: lazyRouteComponent(() => import('./outbox.page.tsx'), 'OutboxPage') }),
];
