import type { APIRequestContext, Page } from '@playwright/test';
import { expect, inDanish, test } from './visitor.ts';

const base = () => String(process.env.VEJNET_E2E);

/** A café of each project’s own: no campaign of the demonstration asks for them, and no other journey. */
async function companyFor(request: APIRequestContext, at: number): Promise<{ id: string; name: string }> {
  const { items } = (await (await request.get(`${base()}/api/companies?industry=DB25:56`)).json()) as { items: { id: string; name: string }[] };
  const found = items.filter(({ id }) => id.startsWith('01990000-0000-7')).at(at);
  if (found === undefined) throw new Error('the demonstration has cafés');
  return found;
}
const reportsOf = async (request: APIRequestContext, company: string) =>
  ((await (await request.get(`${base()}/api/visit-reports?company=${company}`)).json()) as { items: { id: string; about: string; needs: string[] }[] }).items;

const enter = (page: Page, person: string) => page.request.post(`${base()}/api/session/demo`, { data: { person } });
/** The page can be opened without coverage from now on. */
const served = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

test('2.22 3.04 2.37 2.38 2.43 3.11 2.13 the brief, and a report that is begun with coverage, written on without, and arrives once', async ({ page, context, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const company = await (async () => {
    await enter(page, 'anna');
    return companyFor(page.request, da ? 0 : 1);
  })();
  const before = (await reportsOf(page.request, company.id)).length;

  await visit('/phone');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Anna');
  await expect(page.getByText(da ? 'Telefonen gemmer dine møder' : 'This phone keeps your meetings').first()).toBeVisible();
  await looksRight();
  await page
    .getByRole('link', { name: da ? 'Læs det, der blev sagt' : 'Read what was said' })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: da ? 'Spørg først' : 'Ask first' })).toBeVisible();
  await expect(page.getByRole('link', { name: da ? /^(Skriv rapporten|Skriv videre)/ : /^(Write the report|Go on)/ })).toBeVisible();
  await looksRight();
  // The report of a meeting knows whom and how long; nothing is kept before the first word.
  await page.getByRole('link', { name: da ? /^(Skriv rapporten|Skriv videre)/ : /^(Write the report|Go on)/ }).click();
  await expect(page.getByLabel(da ? 'Navn' : 'Name', { exact: true })).toHaveValue(/\S/);
  await expect(page.getByLabel(da ? 'Timer' : 'Hours')).toHaveValue(/^\d+$/);
  await expect(page.getByLabel(da ? 'Kilometer' : 'Kilometres')).toHaveValue(/^\d+$/);
  await looksRight();
  await page.getByRole('link', { name: da ? 'Tilbage til I dag' : 'Back to Today' }).click();

  await page.getByRole('link', { name: da ? 'Skriv en rapport uden møde' : 'Write a report without a meeting' }).click();
  await expect(page.getByText(da ? 'Alle skoler i centret kan læse rapporten.' : 'All schools of the centre can read the report.')).toBeVisible();
  await looksRight();
  await page.getByLabel(da ? 'Find firmaet' : 'Find the company').fill(company.name);
  await page.getByRole('button', { name: company.name }).first().click();
  await page.getByRole('button', { name: da ? 'Certifikater' : 'Certificates' }).click();
  await expect(page.getByText(da ? 'Skriv først, hvad de har brug for.' : 'First write what they need.')).toBeVisible();
  await page.getByRole('button', { name: da ? 'Tilføj behov' : 'Add a need' }).click();
  await page.getByLabel(da ? 'Hvad har de brug for?' : 'What do they need?').fill('Svejsecertifikat');
  await page.getByRole('radio', { name: da ? 'I år' : 'This year' }).check();
  await page.getByLabel(da ? 'Hvad slags kursus' : 'What kind of course').selectOption('tailored');
  await page
    .getByRole('button', { name: da ? /^Tilføj tilbud/ : /^Add an offer/ })
    .first()
    .click();
  await page.getByLabel(da ? /: Hvad kan vi tilbyde/ : /: What can we offer/).fill('Tig-svejsning, rustfri');
  await page.getByText(da ? /^Hvad står i vejen for uddannelse/ : /^What stands in the way of training/).click();
  await expect(page.getByText(da ? /bliver kun talt sammen/ : /only ever counted/)).toBeVisible();
  await page.getByRole('button', { name: da ? 'Der er for få til et hold' : 'There are too few for a class' }).click();
  await page.getByRole('button', { name: da ? 'Personligt' : 'Personal' }).click();
  await page.getByLabel(da ? 'Hvem var med? (kan udelades)' : 'Who came along? (optional)').fill('3F');
  await looksRight();
  // With coverage the draft is on the server a moment later.
  await expect(page.getByText(da ? /også på din computer/ : /on your computer too/)).toBeVisible();
  await served(page);

  const about = page.getByLabel(da ? 'Hvad handlede det om?' : 'What was it about?');
  await context.setOffline(true);
  await about.fill('De mangler svejsere');
  await expect(page.getByText(da ? /Ingen dækning\. Kladden er gemt på telefonen kl\./ : /No coverage\. The draft was saved on this phone at/)).toBeVisible();
  await looksRight();
  await page.reload();
  await expect(about).toHaveValue('De mangler svejsere');
  await about.fill('De mangler svejsere og vil bruge dem, de har.');
  await page.getByRole('button', { name: da ? 'Tilføj opgave' : 'Add a task' }).click();
  await page.getByLabel(da ? 'Hvad skal der gøres?' : 'What is to be done?').fill('Send bud på et hold');
  const send = page.getByRole('button', { name: da ? 'Send, når der er dækning' : 'Send when back online' });
  await send.click();
  // A task without a day: said on top, with a way to the field, and everything is kept.
  const alert = page.getByRole('alert').filter({ hasText: da ? 'Rapporten er ikke sendt endnu' : 'The report is not sent yet' });
  await expect(alert).toBeVisible();
  await looksRight();
  await alert.getByRole('link', { name: da ? 'Vælg en dag for opgaven.' : 'Choose a day for the task.' }).click();
  await page.getByLabel(da ? 'En anden dag' : 'Another day').fill('2026-11-20');
  await send.click();
  await expect(page.getByRole('heading', { name: da ? 'Rapporten venter på dækning' : 'The report is waiting for coverage' })).toBeVisible();
  await looksRight();
  await page.getByRole('link', { name: da ? 'Gå til I dag' : 'Go to Today' }).click();
  await expect(page.getByText(da ? 'Venter på dækning' : 'Waiting for coverage')).toBeVisible();
  await page.reload();
  await expect(page.getByText(da ? 'Venter på dækning' : 'Waiting for coverage')).toBeVisible();
  await expect(page.getByText(da ? /Sidst hentet/ : /Last fetched/)).toBeVisible();
  await looksRight();

  // Back again; the first answer is lost on its way, so it is sent twice.
  let answersLost = 0;
  await context.route('**/api/visit-drafts/*/report', async (route) => {
    if (answersLost > 0) return route.continue();
    answersLost += 1;
    await route.fetch();
    await route.abort();
  });
  await context.setOffline(false);
  await expect.poll(() => answersLost).toBe(1);
  await expect.poll(async () => (await reportsOf(page.request, company.id)).length).toBe(before + 1);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByText(da ? 'Venter på dækning' : 'Waiting for coverage')).toHaveCount(0);
  const after = await reportsOf(page.request, company.id);
  expect(after.length).toBe(before + 1);
  expect(after[0]).toMatchObject({ about: 'De mangler svejsere og vil bruge dem, de har.', needs: ['Svejsecertifikat'] });
  const report = await (await page.request.get(`${base()}/api/visit-reports/${after[0]?.id}`)).json();
  expect(report).toMatchObject({ barriers: ['too_few'], partner: '3F', offers: [{ what: 'Tig-svejsning, rustfri' }], needs: [{ term: 'this_year', fit: 'tailored' }] });
  expect(JSON.stringify(report)).not.toContain('personal');
  const drafts = (await (await page.request.get(`${base()}/api/visit-drafts`)).json()) as { company: { id: string } | null }[];
  expect(drafts.filter((draft) => draft.company?.id === company.id)).toEqual([]);
});

test('2.22 whoever is signed out is asked to sign in, and comes back to the report', async ({ page, visit }, { project }) => {
  const da = inDanish(project.name);
  await visit('/phone/reports/new');
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole('button', { name: /^Anna / }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Besøgsrapport' : 'Visit report' })).toBeVisible();
  await expect(page).toHaveURL(/\/phone\/reports\//);
});

test('2.22 two devices write one report: both texts are shown, and nothing is overwritten', async ({ page, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  await enter(page, 'anna');
  await visit('/phone/reports/new');
  const about = page.getByLabel(da ? 'Hvad handlede det om?' : 'What was it about?');
  await about.fill('Fra telefonen');
  await expect(page.getByText(da ? /også på din computer/ : /on your computer too/)).toBeVisible();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const address = `${base()}/api/visit-drafts/${id}`;
  const there = (await (await page.request.get(address)).json()) as { content: Record<string, unknown>; version: number };
  const other = await page.request.put(address, { data: { ...there.content, about: 'Fra computeren' }, headers: { 'if-match': `"${there.version}"` } });
  expect(other.status()).toBe(200);
  await about.fill('Fra telefonen, og mere');
  await expect(page.getByRole('heading', { name: da ? 'Skrevet på en anden enhed' : 'Written on another device' })).toBeVisible();
  await expect(page.getByText('Fra computeren')).toBeVisible();
  await expect(page.getByText('Fra telefonen, og mere')).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: da ? 'Gem det valgte' : 'Save what I chose' }).click();
  await expect(about).toHaveValue('Fra telefonen, og mere\n\nFra computeren');
  await expect.poll(async () => ((await (await page.request.get(address)).json()) as { content: { about: string } }).content.about).toBe('Fra telefonen, og mere\n\nFra computeren');
  await page.getByRole('button', { name: da ? 'Smid kladden væk' : 'Throw the draft away' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Anna');
  expect((await page.request.get(address)).status()).toBe(404);
});

test('2.22 another person on the same device finds nothing; signing out asks about what is not sent, and wipes the device', async ({ page, context, visit, signInAs, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const onlyHere = page.getByText(da ? 'Kun på telefonen endnu' : 'Only on this phone so far');
  const about = page.getByLabel(da ? 'Hvad handlede det om?' : 'What was it about?');
  const writeOffline = async () => {
    await visit('/phone');
    await served(page);
    await page.getByRole('link', { name: da ? 'Skriv en rapport uden møde' : 'Write a report without a meeting' }).click();
    await expect(about).toBeVisible();
    await context.setOffline(true);
    await about.fill('Kun her');
    await page.getByRole('link', { name: da ? 'Tilbage til I dag' : 'Back to Today' }).click();
    await expect(onlyHere).toBeVisible();
  };
  await enter(page, 'anna');
  await writeOffline();
  const waiting = String(await page.getByRole('link', { name: da ? /Kun på telefonen endnu/ : /Only on this phone so far/ }).getAttribute('href'));

  // The session ends, and somebody else signs in here.
  await context.clearCookies();
  await context.setOffline(false);
  await signInAs('Camilla');
  await visit(waiting);
  await expect(page.getByRole('heading', { name: da ? 'Siden er for konsulenter' : 'This page is for consultants' })).toBeVisible();
  expect(await page.locator('body').textContent()).not.toContain('Kun her');
  await looksRight();

  // Her own text was not lost meanwhile, and is brought to the server now.
  await signInAs('Anna');
  await visit(waiting);
  await expect(about).toHaveValue('Kun her');
  await expect(page.getByText(da ? /også på din computer/ : /on your computer too/)).toBeVisible();
  await page.getByRole('button', { name: da ? 'Smid kladden væk' : 'Throw the draft away' }).click();

  await writeOffline();
  await page.getByRole('button', { name: da ? 'Log ud' : 'Sign out' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(da ? 'Én rapport er ikke sendt.' : 'One report is not sent.');
  await looksRight();
  await dialog.getByRole('button', { name: da ? 'Bliv, og send dem først' : 'Stay and send first' }).click();
  await expect(onlyHere).toBeVisible();
  await context.setOffline(false);
  await expect(onlyHere).toHaveCount(0);
  await page.getByRole('button', { name: da ? 'Log ud' : 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    owner: localStorage.getItem('vejnet-phone-owner'),
  }));
  expect(left).toEqual({ databases: [], caches: [], workers: 0, owner: null });
});
