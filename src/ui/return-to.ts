import { keptOwner, noteOwner } from './kept-owner.ts';

const key = 'vejnet-return-to';

/** Where somebody was when the session ended; for this tab only. */
export function returnTo(path: string): void {
  try {
    sessionStorage.setItem(key, path);
  } catch {
    // Without storage one starts at Today.
  }
}

/** Where to go after signing in: back, once, else to Today. */
function afterSignIn(): string {
  try {
    const path = sessionStorage.getItem(key) ?? '/';
    sessionStorage.removeItem(key);
    return /^\/phone(\/[\w-]+)*$/.test(path) ? path : '/';
  } catch {
    return '/';
  }
}

/** After signing in. What the device keeps of whoever was here before stays unseen, and whoever was interrupted goes back there. */
export function enter(): void {
  if (keptOwner() !== null) noteOwner('');
  location.assign(afterSignIn());
}
