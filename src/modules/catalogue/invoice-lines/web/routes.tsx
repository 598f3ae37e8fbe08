import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const invoiceLinesPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/invoice-lines',
    validateSearch: onlyFilters('from', 'to'),
    component: lazyRouteComponent(() => import('./invoice-lines.page.tsx'), 'InvoiceLinesPage'),
  }),
];
