import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const advisersPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/advisers', component: lazyRouteComponent(() => import('./advisers.page.tsx'), 'AdvisersPage') }),
];
