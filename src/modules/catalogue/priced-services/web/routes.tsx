import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const pricedServicesPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/services',
    validateSearch: onlyFilters('course', 'retired'),
    component: lazyRouteComponent(() => import('./priced-services.page.tsx'), 'PricedServicesPage'),
  }),
];
