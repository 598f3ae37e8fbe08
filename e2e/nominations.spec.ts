import { expect, inDanish, test } from './visitor.ts';

test('a coordinator shares the callers’ time out between the schools, and a school names companies up to its quota', async ({ page, signInAs, visit, looksRight }, info) => {
  test.setTimeout(240_000);
  const da = inDanish(info.project.name);
  const say = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: say(danish, english), exact: true });
  const name = say('Delt tid i december', 'Shared time in December');

  await signInAs('Camilla');
  await visit('/campaigns/new');
  await page.getByLabel(say('Navn', 'Name'), { exact: true }).fill(name);
  await page.getByLabel(say('Mål', 'Goal'), { exact: true }).fill('40 besøg');
  await page.getByLabel(say('Hvorfor netop disse firmaer?', 'Why these companies?')).fill('Skolerne har bedt om dem.');
  await page.getByLabel(say('Første dag', 'First day')).fill('30.11.2026');
  await page.getByLabel(say('Sidste dag', 'Last day')).fill('18.12.2026');
  await page.getByRole('radio', { name: say('Skolerne, hver op til sin kvote', 'The schools, each up to its quota') }).check();
  await expect(page.getByText(say('Hvilke firmaer?', 'Which companies?'), { exact: true })).toHaveCount(0);
  await looksRight();
  await button('Gem kampagnen', 'Save the campaign').click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const campaign = new URL(page.url()).pathname.split('/').at(-1);

  const aid = page.getByRole('region', { name: say('Passer et callcenter?', 'Does a call centre fit?') });
  await aid.getByRole('button', { name: say('Besvar spørgsmålene', 'Answer the questions') }).click();
  for (const answer of await aid.getByRole('radio', { name: say('Ja', 'Yes') }).all()) await answer.check();
  await looksRight();
  await aid.getByRole('button', { name: say('Gem svarene', 'Save the answers') }).click();
  await expect(aid.getByText(say('Svarene taler for et callcenter.', 'The answers speak for a call centre.'))).toBeVisible();

  await button('Sæt kvoterne', 'Set the quotas').click();
  await page.getByLabel(say('Agenternes timer', 'Hours of the callers')).fill('2');
  await page.getByLabel(say('Firmaer i timen', 'Companies in an hour')).fill('6');
  await button('Del lige', 'Share evenly').click();
  await expect(page.getByText(say('12 af 12 er delt ud.', '12 of 12 are given out.'))).toBeVisible();
  await page.getByLabel('Fjordegnens Erhvervsskole').fill('3');
  await expect(page.getByText(say('Kvoterne er 13 i alt, men timerne rækker kun til 12.', 'The quotas are 13 together, but the hours carry only 12.'))).toBeVisible();
  await looksRight();
  await page.getByLabel('Fjordegnens Erhvervsskole').fill('2');
  await button('Gem, og giv skolerne besked', 'Save, and tell the schools').click();
  await expect(page.getByText(say('Kvoterne er gemt.', 'The quotas are saved.'))).toBeVisible();
  await expect(button('Frys listen', 'Freeze the list')).toHaveCount(0);
  await looksRight();
  const companies = ((await (await page.request.get(`${process.env.VEJNET_E2E}/api/companies?limit=200`)).json()) as { items: { cvr: string; name: string; protected: boolean }[] }).items;

  await page.context().clearCookies();
  await signInAs('Dorte');
  await visit('/hearings');
  await looksRight();
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await visit('/');
  await page.getByRole('link', { name: say(`Meld ind: ${name}`, `Name companies: ${name}`) }).click();
  await expect(page.getByText(say('I har ikke meldt nogen ind endnu', 'You have named none yet'))).toBeVisible();
  await looksRight();
  await button('Søg et firma frem', 'Search for a company').click();
  await page.getByLabel(say('Find et firma', 'Find a company')).fill('Birkemose');
  await page
    .getByRole('button', { name: /^Birkemose/ })
    .first()
    .click();
  await expect(page.getByText(say('1 firma er meldt ind.', '1 company named.'))).toBeVisible();
  await looksRight();
  await visit(`/nominations/${campaign}`);
  await button('Sæt CVR-numre ind', 'Paste CVR numbers').click();
  const guarded = companies.find((each) => each.protected)?.cvr ?? '';
  await page.getByLabel(say('CVR-numre', 'CVR numbers'), { exact: true }).fill(`cvr;navn\n${guarded};x\n12345678;y\n${companies.find((each) => each.name.startsWith('Dalsgaard'))?.cvr};z`);
  await button('Meld dem ind', 'Name them').click();
  await expect(page.getByText(say('1 firma: Ikke ledig.', '1 company: Not available.'))).toBeVisible();
  await expect(page.getByText(say('Kvoten er brugt.', 'The quota is used.'))).toBeVisible();
  await looksRight();
  await page
    .getByRole('button', { name: say('Tag tilbage: Dalsgaard', 'Take back: Dalsgaard') })
    .first()
    .click();
  await expect(page.getByText(say('Der er plads til 1 firma til.', 'There is room for 1 more.'))).toBeVisible();
});

test('a file of cvrapi.dk is read once it is said which nomenclature its codes are of', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  const say = (danish: string, english: string) => (da ? danish : english);
  await signInAs('Karen');
  await visit('/imports');
  await looksRight();
  const answer = { vat: 12345674, name: 'Et opdigtet tagfirma', zipcode: '7620', city: 'Lemvig', industrycode: 434100, industrydesc: 'Tagdækning', protected: false };
  await page.locator('input[type=file]').setInputFiles({ name: 'svar.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(answer)) });
  await page.getByRole('button', { name: say('Læs filen', 'Read the file') }).click();
  const codes = page.getByRole('region', { name: say('Branchekoder', 'Industry codes') });
  await expect(codes).toBeVisible();
  await looksRight();
  await codes.getByLabel(say('Branchekoderne er efter', 'The industry codes follow')).selectOption('DB25');
  await codes.getByRole('button', { name: say('Læs igen', 'Read again') }).click();
  await expect(page.getByText(say('Ingen er afvist.', 'None is refused.'))).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: say('Smid filen væk', 'Throw the file away') }).click();
  await expect(page.getByText(say('Filen er smidt væk. Intet blev skrevet.', 'The file was thrown away. Nothing was written.'))).toBeVisible();
});
