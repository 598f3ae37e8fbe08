import { expect, inDanish, test } from './visitor.ts';

test('a person adds a passkey, signs in with it and nothing else, and removes it', async ({ page, visit, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  // Somebody else in each language: the journeys run beside each other.
  const who = da ? 'Karen' : 'Emil';
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await signInAs(who);
  await visit('/me');
  await page.getByRole('button', { name: da ? 'Tilføj en adgangsnøgle' : 'Add a passkey' }).click();
  await expect(page.getByText(da ? /^Adgangsnøglen »Chrome.*« er tilføjet\.$/ : /^The passkey “Chrome.*” is added\.$/)).toBeVisible();
  const name = da ? 'Min bærbare' : 'My laptop';
  await page.getByRole('button', { name: da ? /^Omdøb Chrome/ : /^Rename Chrome/ }).click();
  await page.getByRole('textbox', { name: da ? 'Navn' : 'Name' }).fill(name);
  await page.getByRole('button', { name: da ? 'Gem navnet' : 'Save the name' }).click();
  const remove = page.getByRole('button', { name: da ? `Fjern ${name}` : `Remove ${name}` });
  await expect(remove).toBeVisible();
  await looksRight();

  await page.getByRole('button', { name: da ? 'Log ud' : 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await looksRight();
  await page.getByRole('button', { name: da ? 'Brug adgangsnøgle' : 'Use a passkey' }).click();
  await expect(page.getByRole('heading', { level: 1, name: who })).toBeVisible();

  await visit('/me');
  await remove.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: da ? 'Fjern' : 'Remove', exact: true })
    .click();
  await expect(remove).toHaveCount(0);
});

test('the administrator sees how the centre lets in, and what an institution’s login needs', async ({ page, visit, signInAs, looksRight }, info) => {
  const da = inDanish(info.project.name);
  await signInAs('Karen');
  await visit('/sign-in-settings');
  await expect(page.getByText(da ? 'Et login varer højst 30 døgn' : 'A sign-in lasts at most 30 days')).toBeVisible();
  await page.getByRole('button', { name: da ? 'Ret reglerne' : 'Edit the rules' }).click();
  await page.getByRole('checkbox', { name: da ? 'Kode på mail' : 'Code by mail' }).uncheck();
  await page.getByRole('button', { name: da ? 'Gem reglerne' : 'Save the rules' }).click();
  await expect(page.getByRole('alert')).toContainText(da ? 'slå først et institutionslogin til' : 'switch on an institution’s login first');
  await looksRight();
  await page.getByRole('button', { name: da ? 'Lad være' : 'Leave it' }).click();
  await page.getByRole('button', { name: da ? 'Tilføj et institutionslogin' : 'Add an institution’s login' }).click();
  const subject = page.getByRole('textbox', { name: da ? 'Kendetegn for personen (claim)' : 'What tells the person apart (claim)' });
  await expect(subject).toHaveValue('nemlogin.persistent_professional_id');
  await page.getByRole('combobox', { name: da ? 'Slags' : 'Kind' }).selectOption('unilogin');
  await expect(subject).toHaveValue('uniid');
  const strengths = page.getByRole('textbox', { name: da ? 'Kun disse styrker' : 'Only these strengths' });
  await page.getByRole('button', { name: da ? 'Indsæt NSIS' : 'Insert NSIS' }).click();
  await expect(strengths).toHaveValue(/nsis\/Substantial\n.+nsis\/High$/);
  await strengths.fill('to ord');
  await subject.fill('nemlogin.cpr');
  await page.getByRole('button', { name: da ? 'Tilføj' : 'Add', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(da ? 'Vejnet beder aldrig om det' : 'Vejnet never asks for it');
  await expect(page.getByRole('alert')).toContainText(da ? 'Skriv én styrke på hver linje' : 'Write one strength on each line');
  await looksRight();
});
