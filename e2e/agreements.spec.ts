import { expect, inDanish, test } from './visitor.ts';

test('4.21 a consultant writes an agreement down on the company, says that it was kept and that it fell; the coordinator reads the count against the goal; 2.31 a jobcentre’s need becomes a course', async ({
  page,
  signInAs,
  visit,
  looksRight,
}, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  // Companies that no other journey touches.
  const company = da ? 'Hedelund Smede' : 'Enghave Maskinfabrik';

  await signInAs('Anna');
  await visit('/training-agreements');
  await looksRight();
  await button('Skriv en aftale ned', 'Write an agreement down').click();
  await page.getByRole('combobox', { name: word('Virksomhed', 'Company'), exact: true }).fill(company);
  await page
    .getByRole('option', { name: new RegExp(company) })
    .first()
    .click();
  await label('Kom af', 'Sprang from').selectOption('meeting');
  await button('Skriv en aftale ned', 'Write an agreement down').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await page.getByRole('combobox', { name: word('Kursus 1', 'Course 1'), exact: true }).fill('40011');
  await page.getByRole('option', { name: /40011/ }).first().click();
  await label('Personer, kursus 1', 'People, course 1').fill('2');
  await label('Pladser, kursus 1', 'Seats, course 1').fill('3');
  await looksRight();
  await button('Skriv en aftale ned', 'Write an agreement down').click();
  await expect(page.getByText(word('Aftalen er skrevet ned.', 'The agreement is written down.'))).toBeVisible();
  await page
    .getByRole('link', { name: new RegExp(company) })
    .first()
    .click();
  await expect(page.getByText(word('2 personer, 3 pladser · 0 pladser taget her', '2 people, 3 seats · 0 seats taken here'))).toBeVisible();
  await looksRight();
  await button('Aftalen blev holdt', 'The agreement was kept').click();
  await button('Gem som holdt', 'Save as kept').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Hvordan ved vi det?', 'How do we know?').fill('Kursuskontoret har dem på listen');
  await button('Gem som holdt', 'Save as kept').click();
  await expect(page.getByText(word('Aftalen er holdt.', 'The agreement is kept.'))).toBeVisible();
  await button('Aftalen er faldet', 'The agreement has fallen').click();
  await label('Hvorfor?', 'Why?').fill('Stor ordre');
  await button('Gem som faldet', 'Save as fallen').click();
  await expect(page.getByText(word('Aftalen er gemt som faldet.', 'The agreement is saved as fallen.'))).toBeVisible();
  await looksRight();

  await signInAs('Camilla');
  await visit('/training-agreements');
  await expect(page.getByText(word('af et mål på 30', 'of a goal of 30'))).toBeVisible();
  await looksRight();

  await visit('/recruitment');
  await looksRight();
  await button('Skriv et behov ned', 'Write a need down').click();
  await page.getByRole('combobox', { name: word('Jobcenter', 'Jobcentre'), exact: true }).fill('Jobcenter Limvig');
  await page
    .getByRole('option', { name: /Jobcenter Limvig/ })
    .first()
    .click();
  const trade = da ? 'Truckførere' : 'Truck drivers';
  await label('Hvad mangler de folk til?', 'What do they need people for?').fill(trade);
  await label('Hvor mange?', 'How many?').fill('10');
  await label('Tidligst fra', 'From, at the earliest').fill(da ? '1.2.2027' : '01/02/2027');
  await label('Hvad skal de kunne?', 'What do they need to be able to do?').fill('Køre truck');
  await looksRight();
  await button('Skriv et behov ned', 'Write a need down').click();
  await page.getByRole('link', { name: trade }).click();
  await button('Gør det til et forløb', 'Make a course of it').click();
  await page.getByRole('combobox', { name: word('Kursus', 'Course'), exact: true }).fill('40011');
  await page.getByRole('option', { name: /40011/ }).first().click();
  await label('Skole', 'School').selectOption({ index: 1 });
  await looksRight();
  await button('Gem forløbet', 'Save the course').click();
  await expect(page.getByText(word('Forløbet er gemt. Planlæg nu de næste gange.', 'The course is saved. Now plan the next runs.'))).toBeVisible();
  await looksRight();
  await button('Planlæg begge', 'Plan both').click();
  await expect(page.getByText(word('2 hold er planlagt, og pladserne er holdt.', '2 classes are planned and the seats are held.'))).toBeVisible();
  await looksRight();
  await button('Stop', 'Stop').click();
  await label('Hvorfor?', 'Why?').fill('Prøve');
  await button('Stop forløbet', 'Stop the course').click();
  await expect(page.getByText(word('Forløbet er stoppet.', 'The course is stopped.'))).toBeVisible();
  await looksRight();
});
