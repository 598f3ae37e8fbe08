import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const trainingAgreementsPages = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/training-agreements',
    validateSearch: onlyFilters('year', 'state', 'school', 'campaign', 'company'),
    component: lazyRouteComponent(() => import('./agreements.page.tsx'), 'AgreementsPage'),
  }),
  createRoute({ getParentRoute: () => parent, path: '/training-agreements/$agreement', component: lazyRouteComponent(() => import('./agreement.page.tsx'), 'AgreementPage') }),
];
