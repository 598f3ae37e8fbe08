import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const keysPages = (parent: AnyRoute) => [createRoute({ getParentRoute: () => parent, path: '/keys', component: lazyRouteComponent(() => import('./keys.page.tsx'), 'KeysPage') })];
