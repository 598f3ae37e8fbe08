import { expect, inDanish, test } from './visitor.ts';

const heads = 'kviknummer;fagkode;holdtitel;skole;startdato;slutdato;pladser;tilmeldte;normpris';

/** Danish: the coordinator for all schools; English: a manager for the own one. */
test('4.01 a file with classes is read, understood, written and undone', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  const own = da ? 'DA' : 'EN';
  const file = [
    heads,
    `40951${own}2701A;40951;Stilladser, grundkursus;Tværby Tekniske Skole;11.01.2027;15.01.2027;12;3;654,00`,
    `40951${own}2701B;40951;Stilladser, ændring af opstillinger og specielle konstruktioner i højden;${own} Afdelingen på Havnen;18.01.2027;22.01.2027;12;0;654,00`,
    `40951${own}2701C;40951;Stilladser;Tværby Tekniske Skole;18.01.2027;15.01.2027;12;0;654,00`,
  ].join('\r\n');
  await signInAs(da ? 'Camilla' : 'Emil');
  if (!da) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: da ? 'Hold fra fil' : 'Classes from a file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Hold fra fil' : 'Classes from a file' })).toBeVisible();
  await looksRight();

  const read = page.getByRole('button', { name: da ? 'Læs den' : 'Read it' });
  await read.click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByRole('radio', { name: da ? 'På en adresse' : 'At an address' }).check();
  await page.getByRole('textbox', { name: da ? 'Adresse' : 'Address' }).fill('http://127.0.0.1/hold');
  await read.click();
  await expect(page.getByText(da ? /Den skal begynde med https/ : /It must begin with https/).first()).toBeVisible();
  await looksRight();
  await page.getByRole('radio', { name: da ? 'I en fil' : 'In a file' }).check();
  await page.locator('input[type=file]').setInputFiles({ name: `${info.project.name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) });
  await read.click();
  await expect(page.getByRole('heading', { level: 1, name: `${info.project.name}.csv` })).toBeVisible();
  await expect(page.getByRole('button', { name: da ? 'Skriv 1 hold' : 'Write 1 class' })).toBeVisible({ timeout: 30_000 });
  await looksRight();
  const rows = page.getByRole('region', { name: da ? 'Rækkerne' : 'The rows' });
  await page.getByRole('radio', { name: da ? /^Afviste 2$/ : /^Refused 2$/ }).press('Space');
  await expect(rows.getByText(da ? 'Skolen er ikke i centret' : 'The school is not in the centre')).toBeVisible();
  await expect(rows.getByText(da ? 'Slutter, før det begynder' : 'Ends before it begins')).toBeVisible();
  await looksRight();

  await page.getByRole('button', { name: da ? 'Ret' : 'Change', exact: true }).click();
  await page.getByRole('combobox', { name: new RegExp(`^${own} Afdelingen på Havnen`) }).selectOption({ label: 'Tværby Tekniske Skole' });
  await looksRight();
  await page.getByRole('button', { name: da ? 'Læs igen' : 'Read again' }).click();
  await page.getByRole('button', { name: da ? 'Skriv 2 hold' : 'Write 2 classes' }).click({ timeout: 30_000 });
  const undo = page.getByRole('button', { name: da ? 'Fortryd' : 'Undo', exact: true });
  await expect(undo).toBeVisible({ timeout: 30_000 });
  await looksRight();
  const here = new URL(page.url()).pathname;

  await visit('/class-files');
  await expect(page.getByRole('link', { name: `${info.project.name}.csv` })).toBeVisible();
  await visit(here);
  await undo.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: da ? 'Sæt det tilbage' : 'Put it back' })
    .click();
  await expect(page.getByText(da ? 'Intet blev stående. Alt er, som det var før filen.' : 'Nothing was left alone. Everything is as before the file.')).toBeVisible({ timeout: 30_000 });
  await looksRight();
});
