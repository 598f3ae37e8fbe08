import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const closedCompaniesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/closed-companies', component: lazyRouteComponent(() => import('./closed.page.tsx'), 'ClosedCompaniesPage') }),
];
