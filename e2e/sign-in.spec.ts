import { expect, inDanish, test } from './visitor.ts';

test('somebody signs in with the code of a mail, sees the session, and ends another one', async ({ page, visit, looksRight, browser }, info) => {
  const da = inDanish(info.project.name);
  // Somebody of this journey's own: other journeys sign consultants of the demonstration in meanwhile.
  const name = da ? 'Signe Toft' : 'Sofus Toft';
  const email = da ? 'signe@fjordegnen.example' : 'sofus@fjordegnen.example';
  const karen = await browser.newContext();
  await karen.request.post(`${process.env.VEJNET_E2E}/api/session/demo`, { data: { person: 'karen' } });
  const [school] = (await (await karen.request.get(`${process.env.VEJNET_E2E}/api/schools`)).json()) as { id: string }[];
  const invited = await karen.request.post(`${process.env.VEJNET_E2E}/api/people`, { data: { name, email, role: 'consultant', schoolId: school?.id, from: '2026-11-01' } });
  expect(invited.status(), await invited.text()).toBe(201);
  await karen.close();
  const codeOf = async () => {
    const mails = (await (await page.request.get(`${process.env.VEJNET_E2E}/api/demonstration/mails`)).json()) as { items: { to: string; subject: string }[] };
    return /\d{6}/.exec(mails.items.find(({ to }) => to === email)?.subject ?? '')?.[0] ?? '';
  };
  await visit('/sign-in');
  await page.getByRole('textbox', { name: da ? 'Arbejdsmail' : 'Work e-mail' }).fill(email);
  await page.getByRole('button', { name: da ? 'Send mig en kode' : 'Send me a code' }).click();
  const code = page.getByRole('textbox', { name: da ? 'Kode fra mailen' : 'Code from the mail' });
  await expect(code).toBeFocused();
  await looksRight();
  await code.fill('000000');
  await page.getByRole('button', { name: da ? 'Log ind' : 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await code.fill(await codeOf());
  await page.getByRole('button', { name: da ? 'Log ind' : 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Signe' : 'Sofus' })).toBeVisible();

  // The same person elsewhere, signed in by the code of a second mail, is a session that can be ended from here.
  const other = await browser.newContext();
  await other.request.post(`${process.env.VEJNET_E2E}/api/sign-in`, { data: { email } });
  await other.request.post(`${process.env.VEJNET_E2E}/api/session`, { data: { email, code: await codeOf() } });
  await visit('/me');
  await page.getByRole('button', { name: da ? /^Log ud dér/ : /^Sign out there/ }).click();
  await expect(page.getByRole('button', { name: da ? /^Log ud dér/ : /^Sign out there/ })).toHaveCount(0);
  expect(((await (await other.request.get(`${process.env.VEJNET_E2E}/api/session`)).json()) as { person: unknown }).person).toBeNull();
  await other.close();
});

test('somebody invited reads the mail in the demonstration’s mailbox and begins with its link', async ({ page, visit, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  const email = da ? 'ny.dansk@fjordegnen.example' : 'new.english@fjordegnen.example';
  await signInAs('Dorte');
  await visit('/people/invite');
  await page.getByLabel(da ? 'Navn' : 'Name').fill(da ? 'Nynne Åkær' : 'Newton Green');
  await page.getByLabel(da ? 'E-mail' : 'E-mail').fill(email);
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/people') && response.request().method() === 'POST');
  await page
    .getByRole('main')
    .getByRole('button', { name: da ? 'Send invitationen' : 'Send the invitation' })
    .click();
  expect((await answer).status()).toBe(201);
  await visit('/mailbox');
  const letter = page.getByRole('listitem').filter({ hasText: email });
  await letter.locator('summary').click();
  await looksRight();
  await letter.getByRole('link', { name: /sign-in#/ }).click();
  await page.getByRole('button', { name: da ? 'Log ind' : 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Nynne' : 'Newton' })).toBeVisible();
});
