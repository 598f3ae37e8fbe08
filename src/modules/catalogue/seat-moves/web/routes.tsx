import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const seatMovesPages = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/seat-moves', component: lazyRouteComponent(() => import('./moves.page.tsx'), 'SeatMovesPage') }),
];
