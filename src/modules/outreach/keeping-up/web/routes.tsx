import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const keepingUpPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/lead-times', component: lazyRouteComponent(() => import('./lead-times.page.tsx'), 'LeadTimesPage') }),
];
