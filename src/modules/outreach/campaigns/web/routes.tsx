import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFilters } from '../../../../ui/only-filters.ts';

export const campaignsPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/campaigns', validateSearch: onlyFilters('over'), component: lazyRouteComponent(() => import('./campaigns.page.tsx'), 'CampaignsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/campaigns/new', component: lazyRouteComponent(() => import('./plan-campaign.page.tsx'), 'PlanCampaignPage') }),
  createRoute({ getParentRoute: () => parent, path: '/campaigns/$campaign', validateSearch: onlyFilters('show'), component: lazyRouteComponent(() => import('./campaign.page.tsx'), 'CampaignPage') }),
  createRoute({ getParentRoute: () => parent, path: '/campaigns/$campaign/edit', component: lazyRouteComponent(() => import('./plan-campaign.page.tsx'), 'EditCampaignPage') }),
];
