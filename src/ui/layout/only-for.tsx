import type { ReactNode } from 'react';
import type { Role } from '../../kit/access.ts';
import { useActing } from '../acting.tsx';
import { Page } from './page.tsx';
import { NoAccess } from './states.tsx';

/** A page that is for some roles; anybody else reads its name and that it is not for them. */
export function OnlyFor({ roles, title, children }: { roles: readonly Role[]; title: string; children: ReactNode }) {
  const { may } = useActing();
  if (may(...roles)) return children;
  return (
    <Page title={title}>
      <NoAccess />
    </Page>
  );
}
