import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const screeningPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/screenings', component: lazyRouteComponent(() => import('./screenings.page.tsx'), 'ScreeningsPage') }),
];
