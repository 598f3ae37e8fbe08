import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { mailsTo, seen } from './ask.ts';
import { makeContact } from './companies.ts';
import { visitors } from './visits.ts';

let made = 0;

/** A company that Anna follows, and somebody there with its own page: a leader, unless another role is said. */
export async function withPage(app: TestApp, { role = 'leader', language = 'da' } = {}) {
  const all = await visitors(app);
  const page = await anotherPage(app, all, { role, language, followed: false });
  return { ...all, ...page };
}

/** One more person of the company with a page of their own. */
export async function anotherPage(
  app: TestApp,
  { centre, company, anna }: Pick<Awaited<ReturnType<typeof visitors>>, 'centre' | 'company' | 'anna'>,
  { role = 'leader', language = 'da', followed = true } = {},
) {
  made += 1;
  const email = `leder${made}@bjergager.example`;
  const contact = await makeContact(app, centre, company, `Preben ${made}`);
  await app.owner.query('update vn.contact set email = $2, role = $3, language = $4 where id = $1', [contact, email, role, language]);
  if (!followed) expect((await app.request(anna).put(`/api/companies/${company.id}/contact-person`, { person: anna.id }, seen(0))).status).toBe(200);
  expect((await app.request(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true })).status).toBe(201);
  const token = /\/company#([\w-]{43})/.exec((await mailsTo(app, email)).at(-1)?.text ?? '')?.[1] ?? '';
  const ask = (path: string, body: object = {}) => app.request(null).post(`/api/company-page/${path}`, { token, ...body });
  return { contact, email, token, ask };
}
