import { expect, inDanish, test } from './visitor.ts';

test('X.2 an administrator makes a key for another system, it works at once, and is stopped', async ({ page, visit, signInAs, looksRight, request }, { project }) => {
  const da = inDanish(project.name);
  const name = da ? 'Ringbros nye opkaldssystem' : 'The new dialler of Ringbro';
  await signInAs('Karen');
  await visit('/keys');
  await page.getByRole('button', { name: da ? 'Lav en nøgle' : 'Make a key' }).click();
  await page.getByLabel(da ? 'Hvad skal den bruges til?' : 'What is it for?').fill(name);
  await page.getByLabel(da ? 'Et andet system' : 'Another system').check();
  await page.getByLabel(da ? 'Rolle' : 'Role', { exact: true }).selectOption(da ? 'Telefonagent' : 'Call agent');
  await looksRight();
  const save = page.getByRole('button', { name: da ? 'Lav nøglen' : 'Make the key' });
  await save.click();
  // The role is held at an organisation, and none was chosen.
  await expect(page.getByRole('alert')).toContainText(da ? 'passer ikke sammen' : 'do not go together');
  await page.getByLabel('Organisation').selectOption('Ringbro');
  await page.getByLabel(da ? 'Læse og skrive' : 'Read and write').check();
  await save.click();
  const secret = await page.getByLabel(da ? 'Nøglen' : 'The key', { exact: true }).inputValue();
  await looksRight();
  const ask = () => request.get(`${process.env.VEJNET_E2E}/api/calls/campaigns`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask()).status()).toBe(200);
  await page.getByRole('button', { name: `Stop ${name}, vejnet_` }).click();
  await page.getByRole('button', { name: da ? 'Stop nøglen' : 'Stop the key' }).click();
  await expect(page.getByText(da ? `${name} er stoppet.` : `${name} is stopped.`)).toBeVisible();
  expect((await ask()).status()).toBe(401);
});
