import { expect, inDanish, test } from './visitor.ts';

test('4.08 a manager prices a service for a course, a consultant shows the chain, and the coordinator writes down a rate that the example then uses', async ({ page, signInAs, visit, looksRight }, {
  project,
}) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const service = da ? 'Prøvesvejsning før kurset' : 'Trial welding before the course';
  const pick = async (danish: string, english: string, course: string) => {
    await page.getByRole('combobox', { name: word(danish, english), exact: true }).fill(course);
    await page.getByRole('option', { name: new RegExp(course) }).click();
  };

  await signInAs('Dorte');
  await visit('/services');
  await button('Tilføj en ydelse', 'Add a service').click();
  await label('Pris uden moms, i kroner', 'Price without VAT, in kroner').fill('-5');
  await button('Gem ydelsen', 'Save the service').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Navn', 'Name').fill(service);
  await label('Pris uden moms, i kroner', 'Price without VAT, in kroner').fill(word('1.250,50', '1,250.50'));
  await expect(page.getByText(word('1.250,50 kr. = 125.050 øre. Med moms: 1.563,13 kr.', '1,250.50 kr. = 125,050 øre. With VAT: 1,563.13 kr.'))).toBeVisible();
  await pick('Hører til et bestemt kursus (kan udelades)', 'Belongs to a certain course (optional)', 'Tig-svejsning af rustfrit');
  await button('Gem ydelsen', 'Save the service').click();
  await expect(page.getByText(word('Ydelsen er gemt.', 'The service is saved.'))).toBeVisible();

  await signInAs('Anna');
  await visit('/services');
  await pick('Kursus', 'Course', 'Tig-svejsning af rustfrit');
  const first = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: word('Først afklaring', 'First clarify') }) });
  await expect(first.getByText(service)).toBeVisible();
  await expect(
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: word('Så kurset', 'Then the course') }) })
      .getByText('Stål og gas til svejsekurset'),
  ).toBeVisible();
  await looksRight();

  await signInAs('Camilla');
  await visit('/funding');
  await expect(page.getByText(word('Uden dato', 'Undated'))).toBeVisible();
  await button('Tilføj sats: VEU-godtgørelse', 'Add rate: VEU-godtgørelse').click();
  await label('Beløb i kroner, eller procent', 'Amount in kroner, or percent').fill('900');
  await label('Gælder fra (kan udelades)', 'Holds from (optional)').fill(da ? '1.1.2031' : '01/01/2033');
  await label('Gælder til (kan udelades)', 'Holds until (optional)').fill(da ? '31.12.2031' : '31/12/2033');
  await label('Kilde', 'Source').fill(word('Prøve', 'Trial'));
  await looksRight();
  await button('Gem satsen', 'Save the rate').click();
  await expect(page.getByText(word('Satsen er gemt.', 'The rate is saved.'))).toBeVisible();
  await expect(page.getByText(word('Kan ikke regnes ud, før begge beløb er kendt.', 'Cannot be worked out until both amounts are known.'))).toBeVisible();
  await label('Første dag på kurset', 'First day of the course').fill(da ? '10.3.2031' : '10/03/2033');
  await label('Deltagere', 'Participants').fill('2');
  await expect(page.getByText(word('5.400 kr.', '5,400 kr.'), { exact: true })).toBeVisible();
  await looksRight();
});

test('4.14 a manager puts a programme together, whose days must add up; a consultant suggests what is missing and follows it', async ({ page, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  const pick = async (part: number, course: string) => {
    await page.getByRole('combobox', { name: word(`Kursus i del ${part}`, `Course of part ${part}`), exact: true }).fill(course);
    await page.getByRole('option', { name: new RegExp(course) }).click();
  };

  await signInAs('Emil');
  await visit('/programmes');
  await expect(page.getByRole('heading', { name: 'Grundlæggende lederuddannelse (GLU)' })).toBeVisible();
  await button('Sæt et forløb sammen', 'Put a programme together').click();
  await label('Navn', 'Name').fill(word('Leder og truck', 'Leader and truck'));
  await label('Dage i alt', 'Days in all').fill('11');
  await pick(1, 'Konflikter');
  await label('Dage i del 1', 'Days of part 1').fill('2');
  await pick(2, 'Gaffeltruck');
  await label('Dage i del 2', 'Days of part 2').fill('7');
  await expect(page.getByText(word('Delene har 9 dage. Forløbet siger 11.', 'The parts have 9 days. The programme says 11.'))).toBeVisible();
  await button('Gem forløbet', 'Save the programme').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Dage i alt', 'Days in all').fill('9');
  await button('Gem forløbet', 'Save the programme').click();
  await expect(page.getByText(word('Forløbet er gemt.', 'The programme is saved.'))).toBeVisible();
  await looksRight();

  const title = word('Robotten og os', 'The robot and us');
  await signInAs('Anna');
  await visit('/proposals');
  await button('Foreslå noget nyt', 'Suggest something new').click();
  await label('Navn', 'Name').fill(title);
  await label('Hvorfor', 'Why').fill(word('Tre firmaer har købt en.', 'Three companies have bought one.'));
  await looksRight();
  await button('Send forslaget', 'Send the proposal').click();
  await expect(page.getByText(word('Forslaget er sendt. Du kan følge det her.', 'The proposal is sent. You can follow it here.'))).toBeVisible();
  await signInAs('Emil');
  await visit('/proposals?state=suggested');
  await button(`Sig nej: ${title}`, `Say no: ${title}`).click();
  await button('Gem skridtet', 'Save the step').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await label('Hvorfor ikke', 'Why not').fill(word('Findes i nabocentret.', 'The next centre has it.'));
  await button('Gem skridtet', 'Save the step').click();
  await expect(page.getByText(word('Skridtet er gemt.', 'The step is saved.'))).toBeVisible();
  await signInAs('Anna');
  await visit('/proposals?mine=true');
  await expect(page.getByText(word('Findes i nabocentret.', 'The next centre has it.'))).toBeVisible();
  await looksRight();
});

test('4.04 a school asks another for its teacher, the other says yes, and an illness shows what it touches', async ({ page, signInAs, visit, looksRight }, { project }) => {
  test.setTimeout(240_000);
  const da = inDanish(project.name);
  const word = (danish: string, english: string) => (da ? danish : english);
  const button = (danish: string, english: string) => page.getByRole('button', { name: word(danish, english), exact: true });
  const label = (danish: string, english: string) => page.getByLabel(word(danish, english), { exact: true });
  // Each run has its own teacher: the other one lends too.
  const name = word('Palle Prøve', 'Tina Trial');
  const day = (danish: string, english: string) => word(danish, english);

  await signInAs('Dorte');
  await visit('/teachers');
  await button('Tilføj en lærer', 'Add a teacher').click();
  await label('Navn', 'Name').fill(name);
  await page.getByText(word('Certifikater', 'Certificates'), { exact: true }).first().click();
  await label('Dage om ugen, læreren kan lånes ud', 'Days a week that the teacher can be lent').fill('2');
  await looksRight();
  await button('Gem læreren', 'Save the teacher').click();
  await expect(page.getByText(word('Læreren er gemt.', 'The teacher is saved.'))).toBeVisible();

  await signInAs('Emil');
  await visit('/teachers');
  await page.getByRole('link', { name }).click();
  await button('Bed om at låne', 'Ask to borrow').click();
  await button('Spørg skolen', 'Ask the school').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await looksRight();
  await label('Første dag', 'First day').fill(day('4.1.2027', '04/01/2027'));
  await label('Sidste dag', 'Last day').fill(day('26.3.2027', '26/03/2027'));
  await page.getByText(word('man', 'Mon'), { exact: true }).click();
  await button('Spørg skolen', 'Ask the school').click();
  await expect(page.getByText(word('Skolen er spurgt.', 'The school has been asked.'))).toBeVisible();
  await looksRight();

  await signInAs('Dorte');
  await visit('/teachers');
  const loan = `${name}: Fjordegnens Erhvervsskole → Tværby Tekniske Skole`;
  await button(`Sig ja: ${loan}`, `Say yes: ${loan}`).click();
  await expect(page.getByText(word('Lånet er aftalt.', 'The loan is agreed.'))).toBeVisible();
  await page.getByRole('link', { name }).first().click();
  await button('Læreren er ikke til rådighed', 'The teacher is not available').click();
  await label('Fra', 'From').fill(day('11.1.2027', '11/01/2027'));
  await button('Gem dagene', 'Save the days').click();
  await expect(page.getByText(word('Dagene er gemt. Se, hvad de rammer.', 'The days are saved. See what they touch.'))).toBeVisible();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: word('Lånt ud til Tværby Tekniske Skole', 'Lent to Tværby Tekniske Skole') })
      .first(),
  ).toBeVisible();
  await looksRight();
});
