import { signOut } from '../../modules/organisation/sign-in/contract.ts';
import { call } from '../../ui/client.ts';

/** Leaving the app for the plain pages is a whole new page: nothing of the person stays behind in memory. */
export const leave = () => call(signOut, {}).finally(() => location.assign('/sign-in'));
