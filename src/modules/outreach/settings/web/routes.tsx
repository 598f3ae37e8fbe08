import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const settingsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/outreach-settings', component: lazyRouteComponent(() => import('./rules.page.tsx'), 'RulesPage') }),
];
