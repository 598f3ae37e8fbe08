import { expect, inDanish, test } from './visitor.ts';

test('1.30 the coordinator’s role is given from a day to a day, and worn like a hat', async ({ page, visit, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  await signInAs('Camilla');
  const person = da ? 'Ditlev Rask' : 'Esra Kaya';
  const people = (await (await page.request.get(`${process.env.VEJNET_E2E}/api/people?search=${encodeURIComponent(person)}`)).json()) as { items: { id: string; email: string }[] };
  const { id, email } = people.items[0] ?? { id: '', email: '' };
  const given = await page.request.post(`${process.env.VEJNET_E2E}/api/people/${id}/memberships`, { data: { role: 'coordinator', from: '2026-11-17', to: '2026-12-31' } });
  expect(given.status()).toBe(201);
  await visit(`/people/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: person })).toBeVisible();
  await expect(
    page
      .getByRole('main')
      .getByText(da ? 'Koordinator' : 'Coordinator')
      .first(),
  ).toBeVisible();
  await looksRight();

  await page.request.post(`${process.env.VEJNET_E2E}/api/sign-in`, { data: { email } });
  const mails = (await (await page.request.get(`${process.env.VEJNET_E2E}/api/demonstration/mails`)).json()) as { items: { to: string; subject: string }[] };
  const code = /\d{6}/.exec(mails.items.find(({ to }) => to === email)?.subject ?? '')?.[0];
  await page.request.post(`${process.env.VEJNET_E2E}/api/session`, { data: { email, code } });
  await visit('/me');
  await page.getByRole('button', { name: da ? 'Skift til den' : 'Switch to it' }).click();
  await expect(page.getByRole('region', { name: da ? 'Du er koordinator lige nu' : 'You are coordinator right now' })).toBeVisible();
  await looksRight();
});
