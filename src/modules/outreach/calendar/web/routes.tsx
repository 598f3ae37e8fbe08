import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const calendarPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/my-time', component: lazyRouteComponent(() => import('./work-time.page.tsx'), 'MyTimePage') }),
  createRoute({ getParentRoute: () => parent, path: '/consultants/$person/time', component: lazyRouteComponent(() => import('./work-time.page.tsx'), 'WorkTimePage') }),
];
