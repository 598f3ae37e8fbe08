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

/** What a browser sends along: its session, where it has one, and what it was given when it began to sign in. */
export const cookiesOf = (person: { token: string } | null, browser: string) => ({ cookie: [...(person === null ? [] : [`vejnet=${person.token}`]), `vejnet-browser=${browser}`].join('; ') });
/** What an answer gave the browser to be known by. */
export const browserIn = (answer: Answer): string => answer.cookies.find(({ name }) => name === 'vejnet-browser')?.value ?? '';

/** Asks for a code in a browser of its own and reads the mail; `there` is what that browser sends along. */
export async function mailed(app: TestApp, email: string, person: { token: string } | null = null) {
  const asked = await app.request(person).post('/api/sign-in', { email });
  const mail = (await mailsTo(app, email)).at(-1);
  if (mail === undefined) throw new Error(`no mail to ${email}`);
  return { mail, code: codeIn(mail), link: linkIn(mail), there: cookiesOf(person, browserIn(asked)) };
}

/** Somebody who has just signed in by a code. */
export async function fresh<Person extends { email: string }>(app: TestApp, person: Person): Promise<Person & { token: string }> {
  const { code, there } = await mailed(app, person.email);
  return { ...person, ...signedIn(await app.request(null).post('/api/session', { email: person.email, code }, there)) };
}

/** Opens a link as its mail would. */
export const openLink = (app: TestApp, link: string): Promise<Answer> => app.request(null).post('/api/session', { link });
