import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const exportPages = (parent: AnyRoute) => [createRoute({ getParentRoute: () => parent, path: '/export', component: lazyRouteComponent(() => import('./export.page.tsx'), 'ExportPage') })];
