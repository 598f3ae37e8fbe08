import { cvrNumbers } from '../demo/extract.ts';
import { expect, inDanish, test } from './visitor.ts';

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** A few companies of one trade, each with its production unit, in CVR's own shape; both projects make their own. */
function extractOf(own: { first: number; unit: number; industry: [string, string]; names: readonly string[] }): Buffer {
  const always = { gyldigFra: '2012-03-01', gyldigTil: null };
  const numbers = cvrNumbers(own.first);
  const hits = own.names.flatMap((navn, at) => {
    const cvrNummer = Number(numbers.next().value);
    const pNummer = own.unit + at;
    const shared = {
      reklamebeskyttet: false,
      navne: [{ navn, periode: always }],
      beliggenhedsadresse: [{ vejnavn: 'Havnevej', husnummerFra: 10 + at, postnummer: 7611, postdistrikt: 'Tværby', kommune: { kommuneKode: 671, kommuneNavn: 'STRUER' }, periode: always }],
      telefonNummer: [{ kontaktoplysning: `00${own.first + at}`.slice(0, 8), hemmelig: false, periode: always }],
      hovedbranche: [{ branchekode: own.industry[0], branchetekst: own.industry[1], periode: { gyldigFra: '2025-01-01', gyldigTil: null } }],
      livsforloeb: [{ periode: always }],
      erstMaanedsbeskaeftigelse: [{ aar: 2026, maaned: 9, intervalKodeAntalAnsatte: 'ANTAL_10_19' }],
    };
    return [
      {
        _source: {
          Vrvirksomhed: {
            cvrNummer,
            ...shared,
            virksomhedsstatus: [{ status: 'NORMAL', periode: always }],
            penheder: [{ pNummer, periode: always }],
            virksomhedMetadata: { sammensatStatus: 'NORMAL' },
          },
        },
      },
      { _source: { VrproduktionsEnhed: { pNummer, ...shared, virksomhedsrelation: [{ cvrNummer, periode: always }], produktionsEnhedMetadata: { sammensatStatus: 'Aktiv' } } } },
    ];
  });
  return Buffer.from(JSON.stringify({ hits: { total: hits.length, hits } }));
}

test('the whole day: a file becomes a list, the schools answer, the centre’s agent calls and books by keyboard, and the consultant knows what was said', async ({
  page,
  browser,
  signInAs,
  visit,
  looksRight,
}, info) => {
  test.setTimeout(150_000);
  const da = inDanish(info.project.name);
  const said = <T>(danish: T, english: T): T => (da ? danish : english);
  const own = said(
    { first: 8_810_001, unit: 1_981_000_001, industry: ['310000', 'Fremstilling af møbler'] as [string, string], trade: 'Møbler', domain: 'moebler' },
    { first: 8_820_001, unit: 1_982_000_001, industry: ['325000', 'Fremstilling af medicinske instrumenter'] as [string, string], trade: 'Instrumenter', domain: 'instrumenter' },
  );
  const names = ['Agerholm', 'Birkkær', 'Egebjerg', 'Fladså', 'Granly', 'Lindved', 'Ørbæk'].map((each) => `${each} ${own.trade}`);
  const campaign = said('Møbler på egnen', 'Instruments nearby');
  const note = said('Tre svende mangler certifikat. Spørg efter værkføreren.', 'Three journeymen lack a certificate. Ask for the foreman.');
  const address = (path: string) => `${process.env.VEJNET_E2E}${path}`;
  const mailsTo = async (to: string) => ((await (await page.request.get(address('/api/demonstration/mails'))).json()) as { items: Mail[] }).items.filter((mail) => mail.to === to);
  const button = (danish: string | RegExp, english: string | RegExp) => page.getByRole('button', { name: said(danish, english) });
  const heading = (text: string | RegExp) => expect(page.getByRole('heading', { level: 1, name: text })).toBeVisible();
  const signInAsAnother = async (who: string) => {
    await page.context().clearCookies();
    await signInAs(who);
  };

  let here = '';
  await test.step('the coordinator reads CVR’s file, plans over it, freezes the list and sends it to hearing', async () => {
    await signInAs('Camilla');
    await visit('/imports');
    const file = `${own.domain}.json`;
    await page.locator('input[type=file]').setInputFiles({ name: file, mimeType: 'application/json', buffer: extractOf({ ...own, names }) });
    await button('Læs filen', 'Read the file').click();
    await heading(file);
    await button(/^Skriv 14 rækker i registret$/, /^Write 14 rows into the register$/).click({ timeout: 30_000 });
    await expect(button('Fortryd indlæsningen', 'Undo the import')).toBeVisible({ timeout: 30_000 });

    await visit('/campaigns/new');
    await page.getByLabel(said('Navn', 'Name'), { exact: true }).fill(campaign);
    await page.getByLabel(said('Mål', 'Goal'), { exact: true }).fill(said('3 besøg inden jul', '3 visits before Christmas'));
    await page.getByLabel(said('Hvorfor netop disse firmaer?', 'Why these companies?')).fill(said('Faget mangler certifikater.', 'The trade lacks certificates.'));
    await page.getByLabel(said('Første dag', 'First day')).fill('17.11.2026');
    await page.getByLabel(said('Sidste dag', 'Last day')).fill('18.12.2026');
    await page.getByRole('combobox', { name: said('Brancher eller cifre (kan udelades)', 'Industries or digits (optional)') }).fill(own.industry[0].slice(0, 2));
    await expect(page.getByRole('option', { name: said(/alle, der begynder sådan/, /all that begin so/) })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel(said(/^Indledning på dansk/, /^Opening in Danish/)).fill('Goddag. Jeg ringer for alle skolerne på egnen.');
    await expect(page.getByRole('region', { name: said('Lige nu', 'Right now') }).getByText(said('7 firmaer passer.', '7 companies match.'))).toBeVisible();
    await button('Gem kampagnen', 'Save the campaign').click();
    await heading(campaign);
    here = new URL(page.url()).pathname;
    await button('Frys listen', 'Freeze the list').click();
    await expect(page.getByText(said('Listen er frosset med 7 firmaer.', 'The list is frozen with 7 companies.'))).toBeVisible();
    await button('Start høringen', 'Start the hearing').click();
    await button('Send listen i høring', 'Send the list to hearing').click();
    await expect(page.getByText(said(/^0 af 6 skoler har svaret\./, /^0 of 6 schools have answered\./))).toBeVisible();
  });
  const hearing = here.replace('campaigns', 'hearings');
  const [struck = ''] = names;
  const row = (company: string) => page.locator('[data-row]').filter({ hasText: company });

  await test.step('one school strikes by key and answers, the five others answer too, each as somebody of its own', async () => {
    const schools = (await (await page.request.get(address('/api/schools'))).json()) as { id: string; name: string }[];
    const others = schools.filter(({ name }) => !/^(Fjordegnens|Tværby)/.test(name));
    expect(others).toHaveLength(4);
    for (const [at, { id }] of others.entries()) {
      const invited = await page.request.post(address('/api/people'), {
        data: { name: `${own.trade} Leder`, email: `leder${at}@${own.domain}.example`, role: 'manager', schoolId: id, from: '2026-11-17' },
      });
      expect(invited.status()).toBe(201);
    }
    const answer = async (signIn: { path: string; data: object }) => {
      const somebody = await browser.newContext();
      expect((await somebody.request.post(address(signIn.path), { data: signIn.data })).status()).toBe(200);
      expect((await somebody.request.post(address(`/api${hearing}/answer`))).status()).toBe(200);
      await somebody.close();
    };
    for (const at of others.keys()) {
      // The other journey's hearing may have written to them too.
      const [link] = (await mailsTo(`leder${at}@${own.domain}.example`)).flatMap(({ text }) => /sign-in#([\w-]+)/.exec(text)?.[1] ?? []);
      await answer({ path: '/api/session', data: { link } });
    }
    await answer({ path: '/api/session/demo', data: { person: 'emil' } });

    await signInAsAnother('Dorte');
    await visit(hearing);
    await heading(campaign);
    await expect(row(struck)).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await expect(row(struck).getByText(said(/^Streget/, /^Struck/))).toBeVisible();
    await looksRight();
    await button('Svar for skolen', 'Answer for the school').click();
    await expect(page.getByText(said(/^Skolen har svaret\./, /^The school has answered\./))).toBeVisible();
  });

  await test.step('all have answered, so the coordinator closes the hearing', async () => {
    await signInAsAnother('Camilla');
    await visit(here);
    await expect(page.getByText(said(/^6 af 6 skoler har svaret\./, /^6 of 6 schools have answered\./))).toBeVisible();
    await button('Luk høringen', 'Close the hearing').click();
    await expect(page.getByText(said('Høringen er lukket. Nu må der ringes.', 'The hearing has closed. Calls may begin.'))).toBeVisible();
  });

  let consultant = '';
  let visited = '';
  await test.step('the agent calls by keyboard: not now, undone, not now again, and a visit in a free time', async () => {
    await signInAsAnother('Bo');
    await looksRight();
    await page.getByRole('link', { name: said(`Begynd at ringe: ${campaign}`, `Begin calling: ${campaign}`) }).click();
    await heading(said(`Ring: ${campaign}`, `Call: ${campaign}`));
    const company = page.getByRole('heading', { level: 2, name: new RegExp(`${own.trade}$`) });
    await expect(company).toBeVisible();
    const first = await company.innerText();
    const times = page.getByRole('radiogroup', { name: said('Ledige tider', 'Free times') });
    await expect(times.getByRole('radio').first()).toBeVisible();
    await looksRight();
    const notes = page.getByLabel(said('Noter, mens I taler', 'Notes while you talk'));
    await page.keyboard.press('n');
    await expect(notes).toBeFocused();
    await page.keyboard.type(said('Ring igen 2. marts.', 'Call again on 2 March.'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('2');
    const last = page.getByRole('status').filter({ hasText: said(`${first}: Ikke lige nu.`, `${first}: Not now.`) });
    await expect(last).toBeVisible();
    await page.keyboard.press('z');
    await expect(page.getByText(said('Resultatet er taget tilbage.', 'The outcome was taken back.'))).toBeVisible();
    await expect(company).toHaveText(first);
    await expect(notes).toHaveValue(said('Ring igen 2. marts.', 'Call again on 2 March.'));
    await page.keyboard.press('2');
    await expect(last).toBeVisible();
    await expect(company).not.toHaveText(first);

    visited = await company.innerText();
    await page.keyboard.press('n');
    await page.keyboard.type(note);
    await page.getByLabel(said('Navn', 'Name'), { exact: true }).fill('Preben Bjergager');
    await page.getByLabel(said(/^E-mail til indbydelsen/, /^E-mail for the invitation/)).fill(`preben@${own.domain}.example`);
    await expect(times.getByRole('radio').first()).toBeVisible();
    await looksRight();
    await notes.press('Tab');
    const booked = page.getByRole('status').filter({ hasText: said(`${visited}: Vil gerne kontaktes.`, `${visited}: Wants contact.`) });
    // The key leads to the times as often as it is pressed.
    await page.keyboard.press('1');
    await expect(times.getByRole('radio').and(page.locator(':focus'))).toHaveCount(1);
    await notes.focus();
    await notes.press('Tab');
    // Others book in the same week meanwhile: whoever loses the time chooses another one, and the note is still there.
    await expect(async () => {
      if ((await booked.count()) > 0) return;
      await page.keyboard.press('1');
      await expect(times.getByRole('radio').and(page.locator(':focus'))).toHaveCount(1);
      for (const key of ['ArrowDown', ...(da ? [] : ['ArrowDown', 'ArrowDown']), 'ArrowRight']) await page.keyboard.press(key);
      const shown = page.getByRole('status').filter({ hasText: said(/minutter derhen/, /minutes’ drive/) });
      await expect(shown).toBeVisible();
      consultant = (await shown.locator('p').nth(1).innerText()).trim();
      await page.keyboard.press('Enter');
      await expect(booked).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 40_000 });
  });

  await test.step('the company’s invitation lies in the mailbox with its calendar file', async () => {
    await visit('/mailbox');
    const letter = page.getByRole('listitem').filter({ hasText: `preben@${own.domain}.example` });
    await letter.locator('summary').first().click();
    const file = letter.getByRole('link', { name: said('Hent kalenderfilen', 'Download the calendar file') });
    await expect(file).toHaveAttribute('download', 'invitation.ics');
    const calendar = decodeURIComponent((await file.getAttribute('href')) ?? '');
    expect(calendar).toContain('METHOD:REQUEST');
    expect(calendar).toContain(`CN=${consultant}`);
  });

  await test.step('the consultant opens the brief and reads what was said', async () => {
    await page.context().clearCookies();
    const [given = ''] = consultant.split(' ');
    const email = `${given.toLowerCase()}@fjordegnen.example`;
    if (given === 'Anna') await signInAs('Anna');
    else {
      await page.request.post(address('/api/sign-in'), { data: { email } });
      const code = /\d{6}/.exec((await mailsTo(email)).find(({ subject }) => /\d{6}/.test(subject))?.subject ?? '')?.[0];
      expect((await page.request.post(address('/api/session'), { data: { email, code } })).status()).toBe(200);
    }
    await visit('/meetings');
    await page.locator('main tr, main li').filter({ hasText: visited }).getByRole('link').click();
    await heading(visited);
    await expect(page.getByText(note)).toBeVisible();
    await looksRight();
  });

  await test.step('another school sees one word, and neither who nor why', async () => {
    await signInAsAnother('Emil');
    await visit(hearing);
    await heading(campaign);
    await page.getByRole('radio', { name: said(/^Alle /, /^All /) }).press('Space');
    await expect(row(struck).getByText(said('Ikke ledig', 'Not available'), { exact: true })).toBeVisible();
    await expect(page.getByRole('radio', { name: said(/^Streget 0$/, /^Struck 0$/) })).toBeAttached();
    await expect(page.locator('main').getByText(said(/Fjordegnens|Dorte|kursus/i, /Fjordegnens|Dorte|course/i))).toHaveCount(0);
    await looksRight();
    await visit(here);
    await heading(campaign);
    await expect(page.locator('main').getByText(/Fjordegnens|Dorte/)).toHaveCount(0);
    await looksRight();
  });

  await test.step('the coordinator sees how far the list has come, as bars and as a table', async () => {
    await signInAsAnother('Camilla');
    await visit(here);
    await expect(page.getByText(said('2 af 7 firmaer er ringet op, og 0 har haft besøg.', '2 of 7 companies have been called, and 0 have had a visit.'))).toBeVisible();
    await button('Vis som tabel', 'Show as a table').click();
    await expect(page.getByRole('table', { name: said('Fra liste til besøg', 'From list to visit') })).toBeVisible();
    await looksRight();
  });
});
