import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const contactsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/data-protection/contacts',
    validateSearch: onlyFilters('duty'),
    component: lazyRouteComponent(() => import('./duties.page.tsx'), 'ContactDutiesPage'),
  }),
];
