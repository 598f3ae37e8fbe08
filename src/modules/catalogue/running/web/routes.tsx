import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const runningPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/classes/$class/brief', component: lazyRouteComponent(() => import('./brief.page.tsx'), 'BriefPage') }),
];
