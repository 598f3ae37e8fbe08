import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const suppliersPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/suppliers', component: lazyRouteComponent(() => import('./lists.page.tsx'), 'SupplierListsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/suppliers/$list', component: lazyRouteComponent(() => import('./list.page.tsx'), 'SupplierListPage') }),
];
