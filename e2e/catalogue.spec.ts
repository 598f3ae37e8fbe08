import { expect, inDanish, test } from './visitor.ts';

test('a leader tells a problem in plain words, a consultant finds whom to call, and a school plans a class that is cut into pieces', async ({ page, signInAs, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const button = (danish: string, english: string) => page.getByRole('button', { name: da ? danish : english, exact: true });

  await visit('/find-a-course?center=fjordegnen');
  await expect(page.getByRole('heading', { level: 1, name: da ? 'Find et kursus' : 'Find a course' })).toBeVisible();
  await looksRight();
  await page.getByLabel(da ? 'Fortæl, hvad problemet er' : 'Say what the problem is').fill('truckcertifikat');
  await button('Find', 'Find').click();
  await expect(page.getByRole('heading', { name: 'Gaffeltruck – certifikat B' })).toBeVisible();
  await looksRight();

  await signInAs('Anna');
  await visit('/courses');
  await page.getByLabel(da ? 'Fortæl, hvad problemet er' : 'Say what the problem is').fill('vi misforstår hinanden');
  await button('Find', 'Find').click();
  await expect(page.getByRole('link', { name: 'Kommunikation og samarbejde på arbejdspladsen' })).toBeVisible();
  await looksRight();
  await page.getByRole('link', { name: 'Kommunikation og samarbejde på arbejdspladsen' }).click();
  await expect(page.getByRole('heading', { name: da ? 'Skoler, der kører det' : 'Schools that run it' })).toBeVisible();
  await looksRight();
  // A consultant reads; the school's manager writes.
  await expect(button('Ret kurset', 'Change the course')).toHaveCount(0);

  await signInAs(da ? 'Dorte' : 'Emil');
  await visit('/classes');
  await button('Planlæg et hold', 'Plan a class').click();
  await page.getByRole('combobox', { name: da ? 'Kursus' : 'Course', exact: true }).fill(da ? 'Tegningslæsning' : 'Sidemands');
  await page.getByRole('option', { name: da ? 'Tegningslæsning for smede' : 'Sidemandsoplæring' }).click();
  await page.getByLabel(da ? 'Første dag' : 'First day').fill(da ? '11.01.2027' : '11/01/2027');
  await page.getByLabel(da ? 'Del op i små bidder' : 'Cut it into small pieces').check();
  await page.getByLabel(da ? 'Mindst deltagere' : 'At least so many').fill('20');
  await looksRight();
  await button('Gem holdet', 'Save the class').click();
  // The least number is above the greatest, and the form says so at its field.
  await expect(page.getByRole('alert')).toContainText(da ? 'Mindste antal er større end største' : 'The least number is above the greatest');
  await looksRight();
  await page.getByLabel(da ? 'Mindst deltagere' : 'At least so many').fill('6');
  await button('Gem holdet', 'Save the class').click();
  await expect(page.getByText(da ? '4 mødegange, 16 timer i alt' : '4 sessions, 16 hours in all')).toBeVisible();
  await looksRight();
});
