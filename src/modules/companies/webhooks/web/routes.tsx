import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const webhooksPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/webhooks', component: lazyRouteComponent(() => import('./webhooks.page.tsx'), 'WebhooksPage') }),
];
