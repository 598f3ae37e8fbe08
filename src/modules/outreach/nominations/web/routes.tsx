import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const nominationPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/nominations/$campaign', component: lazyRouteComponent(() => import('./nominations.page.tsx'), 'NominationsPage') }),
];
