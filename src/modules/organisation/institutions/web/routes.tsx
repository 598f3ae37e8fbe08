import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const institutionsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/sign-in-settings', component: lazyRouteComponent(() => import('./sign-in-settings.page.tsx'), 'SignInSettingsPage') }),
];
