import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const wishesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/wish-forms', component: lazyRouteComponent(() => import('./forms.page.tsx'), 'WishFormsPage') }),
  createRoute({ getParentRoute: () => parent, path: '/wish-forms/$form', component: lazyRouteComponent(() => import('./form.page.tsx'), 'WishFormPage') }),
];
