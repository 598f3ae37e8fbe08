import type { Route } from '../platform/http/mount.ts';
import { routes as register } from '../modules/companies/register/server/routes.ts';
import { demonstrationRoutes as demonstrationSignIn, routes as signIn } from '../modules/organisation/sign-in/server/routes.ts';

/** Every endpoint of the product; a demonstration has a few more. */
export const routes: readonly Route[] = [...signIn, ...register];
export const demonstrationRoutes: readonly Route[] = [...demonstrationSignIn];
