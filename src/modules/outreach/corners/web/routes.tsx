import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const cornerPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/corners', component: lazyRouteComponent(() => import('./corners.page.tsx'), 'CornersPage') }),
  createRoute({ getParentRoute: () => parent, path: '/corners/$corner', component: lazyRouteComponent(() => import('./corner.page.tsx'), 'CornerPage') }),
];
