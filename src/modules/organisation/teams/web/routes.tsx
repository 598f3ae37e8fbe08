import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const teamsPages = (parent: AnyRoute) => [createRoute({ getParentRoute: () => parent, path: '/teams', component: lazyRouteComponent(() => import('./teams.page.tsx'), 'TeamsPage') })];
