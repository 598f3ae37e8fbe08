import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const capacityPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/capacity', component: lazyRouteComponent(() => import('./capacity.page.tsx'), 'CapacityPage') }),
];
