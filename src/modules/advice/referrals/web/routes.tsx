import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const referralsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/referrals', validateSearch: onlyFilters('way', 'state'), component: lazyRouteComponent(() => import('./referrals.page.tsx'), 'ReferralsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/referrals/credits', validateSearch: onlyFilters('period'), component: lazyRouteComponent(() => import('./credits.page.tsx'), 'CreditsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/referrals/$referral', component: lazyRouteComponent(() => import('./referral.page.tsx'), 'ReferralPage') }),
];
