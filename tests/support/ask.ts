import type { Answer, Requests, TestApp } from './app.ts';

/** The version that an edit saw. */
export const seen = (version: number) => ({ 'if-match': `"${version}"` });

/** Every row of a list, page by page. */
export async function walk<Item>(requests: Requests, url: string, limit: number): Promise<Item[]> {
  const walked: Item[] = [];
  let next: string | null = null;
  do {
    const page: Answer = await requests.get(`${url}${url.includes('?') ? '&' : '?'}limit=${limit}${next === null ? '' : `&cursor=${next}`}`);
    walked.push(...page.body.items);
    next = page.body.next;
  } while (next !== null && walked.length < 1000);
  return walked;
}

/** The mails to an address, once background work is done. */
export async function mailsTo(app: TestApp, email: string) {
  await app.jobs.drain();
  return app.mails.filter(({ to }) => to === email);
}

/** The secret of the link in a mail. */
export const linkIn = ({ text }: { text: string }): string => /\/sign-in#([\w-]+)/.exec(text)?.[1] ?? '';
/** The one-time code in a mail. */
export const codeIn = ({ text }: { text: string }): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';
/** Whoever an answer signed in. */
export const signedIn = (answer: Answer): { token: string } => ({ token: answer.cookies.find(({ name }) => name === 'vejnet')?.value ?? '' });

/** Opens a link as its mail would. */
export const openLink = (app: TestApp, link: string): Promise<Answer> => app.request(null).post('/api/session', { link });
