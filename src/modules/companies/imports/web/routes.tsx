import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const importsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/imports', component: lazyRouteComponent(() => import('./imports.page.tsx'), 'ImportsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/imports/$import', validateSearch: onlyFilters('outcome'), component: lazyRouteComponent(() => import('./import.page.tsx'), 'ImportPage') }),
];
