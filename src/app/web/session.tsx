import { createContext, use } from 'react';
import type { OutputOf } from '../../kit/endpoint.ts';
import type { readSession } from '../../modules/organisation/sign-in/contract.ts';

type Session = OutputOf<typeof readSession>;
export type SignedIn = Session & { person: NonNullable<Session['person']>; hat: NonNullable<Session['hat']> };

export const SessionContext = createContext<SignedIn | null>(null);

/** Who works here; only used inside the shell, which shows nothing to anybody else. */
export function useSession(): SignedIn {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside the shell');
  return session;
}
