import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const deskPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/calls/$campaign', component: lazyRouteComponent(() => import('./call-desk.page.tsx'), 'CallDeskPage') }),
];
