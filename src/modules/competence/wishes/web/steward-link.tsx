import type { WishFormPage } from '../contract.ts';

/** The link that was shown once, from the page that made it to the page that shows it; gone when this document is. */
let kept: { form: string; link: string } | null = null;

export function keepStewardLink({ id, stewardLink }: WishFormPage): void {
  kept = stewardLink === null ? null : { form: id, link: stewardLink };
}
export const stewardLinkOf = (form: string): string | null => (kept?.form === form ? kept.link : null);
