import { expect, inDanish, mailsSent, test } from './visitor.ts';

test('a class is full: whoever waited longest is offered the seat that comes free, says yes by the link, and the class runs', async ({ page, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000); // the house writes the mail of an offer within the minute, or the next one on a busy machine
  const da = inDanish(project.name);
  const button = (danish: string, english: string) => page.getByRole('button', { name: da ? danish : english, exact: true });
  const title = da ? 'Kran – certifikat D for lastbilkran' : 'Kvalitet i produktionen';

  await signInAs('Camilla');
  const list = (await (await page.request.get(`${process.env.VEJNET_E2E}/api/classes?limit=100`)).json()) as { items: { id: string; title: string; state: string }[] };
  await visit(`/classes/${list.items.find((each) => each.title === title)?.id}`);
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Pladser' : 'Seats' })).toBeVisible();

  async function take(company: string, heads: string, says: RegExp): Promise<void> {
    await button('Tag pladser', 'Take seats').click();
    await page.getByRole('combobox', { name: da ? 'Firma' : 'Company' }).fill(company);
    await page.getByRole('option').first().click();
    await page.getByLabel(da ? 'Hvor mange' : 'How many').fill(heads);
    await looksRight();
    await button('Tag pladserne', 'Take the seats').click();
    await expect(page.getByText(says)).toBeVisible();
  }
  const free = da ? '6' : '14';
  await take('Solhøj', free, da ? /Pladserne er taget/ : /The seats are taken/);
  // One alone: a colleague should come along (row 5.33).
  await take('Birkemose', '1', da ? /nr\. 1 på ventelisten.*kollega/ : /no\. 1 in the line.*colleague/);
  await looksRight();

  await page.getByRole('button', { name: da ? /^Meld fra: Solhøj/ : /^Withdraw Solhøj/ }).click();
  await page.getByLabel(da ? 'Hvorfor' : 'Why').fill(da ? 'Stor ordre' : 'A large order');
  await button('Meld fra', 'Withdraw').click();
  await expect(page.getByText(da ? 'Har fået tilbud' : 'Has an offer')).toBeVisible();
  await looksRight();

  const address = page.url();
  await expect.poll(async () => (await mailsSent(page)).some(({ subject }) => subject.endsWith(title) && /blevet plads:|room now/.test(subject)), { timeout: 130_000 }).toBe(true);
  const mail = (await mailsSent(page)).find(({ subject }) => subject.endsWith(title) && /blevet plads:|room now/.test(subject));
  await visit(`/class-seat#${/class-seat#([a-z2-7]{32})/.exec(mail?.text ?? '')?.[1]}`);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await looksRight();
  await button('Ja tak, vi kommer', 'Yes, we will come').click();
  await expect(page.getByText(da ? 'I har plads.' : 'You have a seat.')).toBeVisible();
  await looksRight();

  await page.goto(address);
  await expect(page.getByText(da ? 'Har plads' : 'Has a seat', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: da ? 'Underviserens ark og fremmøde' : 'The teacher’s sheet and attendance' }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Underviserens ark' : 'The teacher’s sheet' })).toBeVisible();
  await expect(page.getByText(da ? /Birkemose.*: 1 deltager/ : /Birkemose.*: 1 participant/)).toBeVisible();
  await looksRight();
});
