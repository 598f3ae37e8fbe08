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
export function afterSignIn(): string {
  try {
    const path = sessionStorage.getItem(key) ?? '/';
    sessionStorage.removeItem(key);
    return /^\/phone(\/[\w-]+)*$/.test(path) ? path : '/';
  } catch {
    return '/';
  }
}
