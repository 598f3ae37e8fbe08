import type { Language } from '../kit/words.ts';

/** An institution's login that one may still be signed in at, and where one signs out there. */
export interface AlsoAt {
  label: Record<Language, string>;
  address: string;
}

const key = 'vejnet-also-at';

/** Told to the sign-in page that is shown next in this tab. */
export function noteAlsoAt(alsoAt: AlsoAt | null): void {
  try {
    if (alsoAt !== null) sessionStorage.setItem(key, JSON.stringify(alsoAt));
  } catch {
    // Without storage it is not offered.
  }
}

/** What was told, once. */
export function takeAlsoAt(): AlsoAt | null {
  try {
    const told = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return told === null ? null : (JSON.parse(told) as AlsoAt);
  } catch {
    return null;
  }
}
