import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const evaluationsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/impartial', component: lazyRouteComponent(() => import('./impartial.page.tsx'), 'ImpartialPage') }),
  createRoute({ getParentRoute: () => parent, path: '/impartial/$evaluation', component: lazyRouteComponent(() => import('./evaluation.page.tsx'), 'EvaluationPage') }),
];
