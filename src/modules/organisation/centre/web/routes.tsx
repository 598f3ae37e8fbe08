import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const centrePages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/centre', component: lazyRouteComponent(() => import('./centre.page.tsx'), 'CentrePage') }),
  createRoute({ getParentRoute: () => parent, path: '/processors', component: lazyRouteComponent(() => import('./processors.page.tsx'), 'ProcessorsPage') }),
];
