import { type ComponentProps, lazy, Suspense } from 'react';
import type { IntakeAddress as Address } from './intake-address.tsx';

export { IntakeMail } from './intake-mail.tsx';

const LoadedAddress = /* @__PURE__ */ lazy(async () => ({ default: (await import('./intake-address.tsx')).IntakeAddress }));
/** Fetched when it is shown: it has the component library, which the phone's pages with IntakeMail must not load. */
export const IntakeAddress = (props: ComponentProps<typeof Address>) => (
  <Suspense fallback={null}>
    <LoadedAddress {...props} />
  </Suspense>
);
