import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const rotaPages = (parent: AnyRoute) => [createRoute({ getParentRoute: () => parent, path: '/rotas', component: lazyRouteComponent(() => import('./rotas.page.tsx'), 'RotasPage') })];
