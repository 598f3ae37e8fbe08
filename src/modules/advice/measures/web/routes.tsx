import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const measuresPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/measures', component: lazyRouteComponent(() => import('./measures.page.tsx'), 'MeasuresPage') }),
];
