import { createContext, use } from 'react';
import type { Role } from '../kit/access.ts';

/** Who acts here, under which hat, and which day it is in the centre. */
export interface Acting {
  personId: string;
  schoolId: string | null;
  roles: readonly Role[];
  /** The day of the centre, 'YYYY-MM-DD'; a demonstration has its own. */
  today: string;
  zone: string;
}

/** Filled by the app from the session, so that pages of any module can ask. */
export const ActingContext = createContext<Acting | null>(null);

/** Only what is offered depends on this; what is allowed is the server's. */
export function useActing() {
  const acting = use(ActingContext);
  if (acting === null) throw new Error('useActing outside the shell');
  return { ...acting, may: (...wanted: Role[]) => wanted.some((role) => acting.roles.includes(role)) };
}
