import { atCvr } from './cvr.ts';
import { expect, inDanish, test } from './visitor.ts';

test('a register keeper fetches a company from CVR twice and sees what it was, then the centre’s area, and reads what is wrong when CVR does not answer', async ({
  page,
  signInAs,
  visit,
  looksRight,
}, info) => {
  const da = inDanish(info.project.name);
  const { number, names, municipality, busy, unknown } = atCvr(da ? 'da' : 'en');
  const fetchIt = page.getByRole('button', { name: da ? 'Hent fra CVR' : 'Fetch from CVR' });
  await signInAs(da ? 'Camilla' : 'Ida');
  await visit('/companies/new');
  const cvr = page.getByRole('textbox', { name: da ? 'CVR-nummer' : 'CVR number' });
  await expect(fetchIt).toBeDisabled();
  await cvr.fill(number);
  await looksRight();
  await fetchIt.click();
  await expect(page.getByRole('heading', { level: 1, name: names.first })).toBeVisible({ timeout: 30_000 });
  const before = page.getByRole('region', { name: da ? 'Tidligere navne, adresser og brancher' : 'Earlier names, addresses and industries' });
  await expect(before).toBeHidden();
  await looksRight();

  await fetchIt.click();
  await expect(page.getByText(da ? 'Hentet fra CVR. Oplysningerne er nu, som CVR har dem.' : 'Fetched from CVR. The facts are now as CVR has them.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { level: 1, name: names.second })).toBeVisible();
  const town = da ? '7621 Limvig' : '7401 Lyngsø';
  await expect(page.getByText(`Savværksvej 18, ${town}`).first()).toBeVisible();
  await expect(page.getByRole('region', { name: da ? 'Oplysninger' : 'Facts', exact: true }).getByText('Fremstilling af andre varer af træ')).toBeVisible();
  const days = da ? '1. apr. 2012 – 31. aug. 2026' : '1 Apr 2012 – 31 Aug 2026';
  const told = [names.first, `Bødkervej 3, ${town}`, 'Fremstilling af træemballage (DB07 162400)'];
  for (const text of told) await expect(before.getByRole('listitem').filter({ hasText: text })).toContainText(days);
  const units = page.getByRole('region', { name: da ? 'Produktionsenheder' : 'Production units' });
  const earlier = units.getByRole('button', { name: da ? /^Tidligere oplysninger \(3\)/ : /^Earlier facts \(3\)/ });
  await expect(earlier).toHaveAttribute('aria-expanded', 'false');
  await earlier.click();
  await expect(earlier).toHaveAttribute('aria-expanded', 'true');
  for (const text of told) await expect(units.getByRole('listitem').filter({ hasText: text }).last()).toContainText(days);
  await looksRight();

  await visit('/imports');
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Hentet fra CVR' : 'Fetched from CVR' })).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: da ? 'Hent nu' : 'Fetch now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^CVR \d{4}-\d\d-\d\d$/ })).toBeVisible();
  await expect(page.getByText(da ? 'Henter fra CVR' : 'Fetching from CVR')).toBeVisible();
  await looksRight();
  await page.request.post(`${process.env.VEJNET_E2E_CVR}/go-on/${municipality}`);
  await expect(page.getByText(da ? '4 rækker er læst. 2 er nye, 2 er ændrede, og 0 står her i forvejen.' : /^4 rows read\. 2 are new/)).toBeVisible({ timeout: 30_000 });
  await expect(
    page
      .getByRole('region', { name: da ? 'Rækkerne' : 'The rows' })
      .getByText(names.third)
      .first(),
  ).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: da ? 'Skriv 4 rækker i registret' : 'Write 4 rows into the register' }).click();
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Det skete' : 'What happened' })).toBeVisible({ timeout: 30_000 });
  await looksRight();
  await visit(`/companies?search=${encodeURIComponent(names.second)}`);
  await expect(page.getByText(da ? `Tidligere navn: ${names.second}` : `Former name: ${names.second}`)).toBeVisible();
  await page.getByRole('link', { name: names.third }).click();
  await expect(before.getByRole('listitem').filter({ hasText: names.second })).toContainText(da ? '1. sep. 2026 – 31. okt. 2026' : '1 Sept 2026 – 31 Oct 2026');

  await visit('/companies/new');
  await cvr.fill(busy);
  await fetchIt.click();
  await expect(page.getByText(da ? 'CVR svarer ikke lige nu. Vi spørger igen af os selv.' : 'CVR does not answer right now. We ask again by ourselves.')).toBeVisible({ timeout: 30_000 });
  await looksRight();
  const seeImport = page.getByRole('link', { name: da ? 'Se indlæsningen' : 'See the import' });
  await seeImport.click();
  await expect(page.getByText(da ? /^CVR svarer ikke lige nu\. Vi spørger igen .+ kl\. / : /^CVR does not answer right now\. We ask again .+ at /)).toBeVisible();
  await looksRight();
  await page.getByRole('button', { name: da ? 'Smid filen væk' : 'Throw the file away' }).click();
  await expect(page.getByText(da ? 'Intet blev skrevet.' : 'Nothing was written.')).toBeVisible({ timeout: 30_000 });

  await visit('/companies/new');
  await cvr.fill(unknown);
  await fetchIt.click();
  await expect(page.getByText(da ? 'Det lykkedes ikke at hente firmaet. CVR kender ikke nummeret.' : 'The company could not be fetched. CVR does not know the number.')).toBeVisible({
    timeout: 30_000,
  });
  await seeImport.click();
  await expect(page.getByText(da ? /^CVR kender ikke nummeret\./ : /^CVR does not know the number\./)).toBeVisible();
  await looksRight();
});
