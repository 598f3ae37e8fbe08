import { expect, inDanish, test } from './visitor.ts';

test('a coordinator plans a campaign and opens its hearing, a school answers it by key, and another school sees no trace', async ({ page, signInAs, visit, looksRight }, info) => {
  test.setTimeout(240_000);
  const da = inDanish(info.project.name);
  const name = da ? 'Bagere og metal i efteråret' : 'Metal and bakers in autumn';
  const go = async (link: string) => {
    if (!da) await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: link, exact: true }).click();
  };
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: da ? danish : english });
  const heading = (text: string) => expect(page.getByRole('heading', { level: 1, name: text })).toBeVisible();

  await signInAs('Camilla');
  await go(da ? 'Kampagner' : 'Campaigns');
  await heading(da ? 'Kampagner' : 'Campaigns');
  await looksRight();
  await page.getByRole('link', { name: da ? 'Planlæg en kampagne' : 'Plan a campaign' }).click();
  await heading(da ? 'Planlæg en kampagne' : 'Plan a campaign');
  await button('Gem kampagnen', 'Save the campaign').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByLabel(da ? 'Navn' : 'Name', { exact: true }).fill(name);
  await page.getByLabel(da ? 'Mål' : 'Goal', { exact: true }).fill(da ? '20 besøg inden jul' : '20 visits before Christmas');
  await page.getByLabel(da ? 'Hvorfor netop disse firmaer?' : 'Why these companies?').fill(da ? 'Faget mangler certifikater.' : 'The trade lacks certificates.');
  await page.getByLabel(da ? 'Første dag' : 'First day').fill('23.11.2026');
  await page.getByLabel(da ? 'Sidste dag' : 'Last day').fill('18.12.2026');
  const count = page.getByRole('region', { name: da ? 'Lige nu' : 'Right now' });
  const everybody = await count.getByText(da ? /^[\d.]+ firmaer passer\.$/ : /^[\d,]+ companies match\.$/).innerText();
  await page.getByRole('checkbox', { name: da ? 'Industri' : 'Manufacturing' }).press('Space');
  await expect(count.getByText(everybody)).toHaveCount(0);
  await expect(count.getByText(da ? /^[\d.]+ firmaer passer\.$/ : /^[\d,]+ companies match\.$/)).toBeVisible();
  await page.getByLabel(da ? /^Indledning på dansk/ : /^Opening in Danish/).fill('Goddag. Jeg ringer for alle skolerne på egnen.');
  await looksRight();
  await button('Gem kampagnen', 'Save the campaign').click();
  await heading(name);
  const here = new URL(page.url()).pathname;
  await looksRight();

  await button('Frys listen', 'Freeze the list').click();
  await expect(page.getByText(da ? /^Listen er frosset med [\d.]+ firmaer\.$/ : /^The list is frozen with [\d,]+ companies\.$/)).toBeVisible();
  await looksRight();
  await button('Sammenlign med i dag', 'Compare with today').click();
  await expect(page.getByText(da ? /^Den samme: / : /^The same: /)).toBeVisible();
  await button('Start høringen', 'Start the hearing').click();
  await looksRight();
  await button('Send listen i høring', 'Send the list to hearing').click();
  const answers = page.getByRole('region', { name: da ? 'Skolernes svar' : 'The schools’ answers' });
  await expect(answers.getByText(da ? /^0 af 6 skoler har svaret\./ : /^0 of 6 schools have answered\./)).toBeVisible();
  await looksRight();
  const listed = (await (await page.request.get(`${process.env.VEJNET_E2E}/api${here}/targets?limit=4`)).json()) as { items: { cvr: string; name: string }[] };

  await signInAsAnother('Dorte');
  await expect(page.getByText(da ? new RegExp(`^${name} slutter `) : new RegExp(`^${name} ends `))).toBeVisible();
  await looksRight();
  await go(da ? 'Høringer' : 'Hearings');
  await heading(da ? 'Høringer' : 'Hearings');
  await looksRight();
  await page.getByRole('link', { name }).click();
  await heading(name);
  await looksRight();

  const [first, second, third, fourth] = listed.items.map((each) => each.name) as [string, string, string, string];
  await button('Jeres egen liste', 'Your own list').click();
  await button(/^Læs (jeres|en ny) liste ind$/, /^Read (your|a new) list in$/).click();
  const own = ['cvr;navn;kursus', ...listed.items.slice(2, 4).map((each) => `${each.cvr};${each.name};Kursus i maj 2026`), '12345678;Forkert ApS;'].join('\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'praktikpladser.csv', mimeType: 'text/csv', buffer: Buffer.from(own) });
  await button('Læs listen', 'Read the list').click();
  await expect(page.getByText(da ? '2 firmaer ligner dem, I allerede arbejder med.' : '2 companies look like those you already work with.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: da ? 'Hent rækken' : 'Download the row' })).toBeVisible();
  // The other language’s journey has read a list for this school too: this one is in when its own companies are marked.
  const row = (company: string) => page.locator('[data-row]').filter({ hasText: company });
  for (const company of [third, fourth]) await expect(row(company).getByText(/Kursus i maj 2026/)).toBeVisible({ timeout: 30_000 });
  await looksRight();
  await button('Jeres egen liste', 'Your own list').click();

  await button('Streg alle 2', 'Strike all 2').click();
  await expect(page.getByRole('status').getByText(da ? '2 firmaer er streget.' : '2 companies struck.')).toBeVisible();
  await expect(row(third).getByText(da ? /^Streget/ : /^Struck/)).toBeVisible();
  await page.getByRole('heading', { level: 1 }).press('z');
  await expect(page.getByRole('status').getByText(da ? 'Fortrudt for 2 firmaer.' : 'Undone for 2 companies.')).toBeVisible();
  await expect(row(third).getByText(da ? /^Streget/ : /^Struck/)).toHaveCount(0);

  // By key: the two of the own list come first; strike, strike, keep, and take the last one back.
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await page.keyboard.press('b');
  await expect(row(first).getByText(da ? 'Beholdt på listen' : 'Kept on the list')).toBeVisible();
  await page.keyboard.press('z');
  await expect(row(first).getByText(da ? 'Beholdt på listen' : 'Kept on the list')).toHaveCount(0);
  await expect(page.getByRole('radio', { name: da ? 'Streget 2' : 'Struck 2' })).toBeAttached();
  await page.getByRole('searchbox').fill(second);
  await page.getByRole('searchbox').press('s');
  await expect(page.getByRole('radio', { name: da ? 'Streget 2' : 'Struck 2' })).toBeAttached();
  await page.getByRole('searchbox').fill('');
  await expect(page).not.toHaveURL(/search=/);
  await page.getByRole('radio', { name: da ? 'Streget 2' : 'Struck 2' }).press('Space');
  await expect(page).toHaveURL(/show=struck/);
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await expect(row(fourth)).toBeVisible();
  await looksRight();
  await button('Svar for skolen', 'Answer for the school').click();
  await expect(page.getByText(da ? /^Skolen har svaret\./ : /^The school has answered\./)).toBeVisible();
  await expect(button('Svar for skolen', 'Answer for the school')).toHaveCount(0);
  await looksRight();

  await button('Bed en kollega om hjælp', 'Ask a colleague to help').click();
  await button('Lav et link', 'Make a link').click();
  await page.getByLabel(da ? 'Kollegaens navn' : 'The colleague’s name').fill('Jens, autoværkstedet');
  await button('Lav linket', 'Make the link').click();
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await looksRight();

  await signInAsAnother('Emil');
  await visit(here.replace('campaigns', 'hearings'));
  await heading(name);
  await expect(page.locator('[data-row]').first()).toBeVisible();
  await expect(page.getByRole('radio', { name: da ? 'Streget 0' : 'Struck 0' })).toBeAttached();
  await expect(page.locator('main').getByText(/Fjordegnens|Dorte|Kursus i maj|Jens/)).toHaveCount(0);
  await visit(here);
  await heading(name);
  await expect(answers).toHaveCount(0);
  await looksRight();

  await page.context().clearCookies();
  const hash = link.slice(link.indexOf('#'));
  await visit(`/hearing${hash}`);
  await heading(da ? 'Kender du firmaerne?' : 'Do you know these companies?');
  await page.getByRole('button', { name: da ? `Streg ${first}` : `Strike ${first}`, exact: true }).click();
  await expect(page.getByRole('button', { name: da ? `Fortryd stregen over ${first}` : `Undo the strike of ${first}` })).toBeVisible();
  await expect(page.getByRole('status').getByText(da ? /^3 af / : /^3 of /)).toBeVisible();
  await page.setViewportSize({ width: 320, height: 720 });
  await looksRight();
  await visit(`/mailbox`);
  await visit(`/hearing#${'a'.repeat(43)}`);
  await heading(da ? 'Linket virker ikke længere' : 'The link no longer works');
  await looksRight();

  async function signInAsAnother(who: string) {
    await page.context().clearCookies();
    await signInAs(who);
  }
});
