import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const registerPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/companies', component: lazyRouteComponent(() => import('./companies.page.tsx'), 'CompaniesPage') }),
  createRoute({ getParentRoute: () => parent, path: '/companies/new', component: lazyRouteComponent(() => import('./add-company.page.tsx'), 'AddCompanyPage') }),
];
