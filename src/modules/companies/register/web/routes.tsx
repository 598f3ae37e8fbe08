import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const registerPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/companies',
    validateSearch: onlyFilters('search', 'municipality', 'industry', 'size', 'sector', 'protected', 'status'),
    component: lazyRouteComponent(() => import('./companies.page.tsx'), 'CompaniesPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/companies/new', component: lazyRouteComponent(() => import('./add-company.page.tsx'), 'AddCompanyPage') }),
];
