import { expect, inDanish, test } from './visitor.ts';

test('whoever answers for a company reads that mail comes back, mends the address, and the mail is sent again to the new one', async ({ page, signInAs, visit, looksRight }, info) => {
  const da = inDanish(info.project.name);
  // The Danish journey is the contact person's; the English one the coordinator's, at a company that nobody follows.
  const { who, person, address } = da
    ? { who: 'Anna', person: 'Preben Bjergager', address: 'preben.bjergager@egelund.example' }
    : { who: 'Camilla', person: 'Karsten Lund', address: 'karsten.lund@skovly.example' };
  await signInAs(who);
  const returned = page.getByRole('region', { name: da ? 'Adresser, mails kommer retur fra' : 'Addresses that mail comes back from' });
  const told = returned.getByRole('listitem').filter({ hasText: person });
  await expect(told).toContainText(da ? /Mails til .+ er kommet retur siden 17\.\snov\.\s2026/ : /Mail to .+ has come back since 17\sNov\s2026/);
  const old = /(?:til|to) (\S+@\S+)/.exec((await told.textContent()) ?? '')?.[1] ?? '';
  await looksRight();
  await returned.getByRole('link', { name: da ? `Ret adressen på ${person}` : `Correct the address of ${person}` }).click();
  const people = page.getByRole('region', { name: da ? 'Hos firmaet' : 'At the company' });
  const email = people.getByRole('textbox', { name: /^E-?mail/i });
  await expect(email).toHaveValue(old);
  await looksRight();
  await people.getByRole('button', { name: da ? 'Lad være' : 'Leave it' }).click();
  // While the form is open the same words stand at its field.
  await expect(email).toBeHidden();
  const mark = people.getByText(da ? 'Mails er kommet retur siden 17. nov. 2026' : 'Mail has come back since 17 Nov 2026');
  await expect(mark).toBeVisible();
  await looksRight();
  await people.getByRole('button', { name: da ? `Ret ${person}` : `Change ${person}` }).click();
  await email.fill(address);
  await people.getByRole('button', { name: da ? 'Gem kontakten' : 'Save the contact' }).click();
  await expect(people.getByText(address)).toBeVisible();
  await expect(mark).toBeHidden();
  await visit('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(told).toBeHidden();

  if (da) await signInAs('Camilla');
  await visit('/outbox?state=returned');
  const row = page.getByRole('listitem').or(page.getByRole('row')).filter({ hasText: old });
  await expect(row).toContainText(da ? `Adressen er rettet. Den bliver sendt til ${address}.` : `The address was corrected. It will be sent to ${address}.`);
  await looksRight();
  await row.getByRole('button', { name: da ? `Send igen til ${address}` : `Send again to ${address}` }).click();
  await expect(page.getByText(da ? `Mailen til ${address} venter på at blive sendt.` : `The mail to ${address} waits to be sent.`)).toBeVisible();
  await expect(row).toBeHidden();
  await looksRight();
});
