import { demoId } from '../demo/ids.ts';
import { expect, inDanish, test } from './visitor.ts';

test('4.03 two schools answer a move between their classes: with both yeses the seats move, with one no they stay', async ({ page, signInAs, visit, looksRight }, { project }) => {
  const da = inDanish(project.name);
  const heads = da ? '2 pladser' : '1 seat';
  const move = page.getByRole('listitem').filter({ hasText: heads }).filter({ hasText: 'Tegningslæsning' });
  const button = (danish: string, english: string) => move.getByRole('button', { name: da ? danish : english });

  if (!da) {
    // The demonstration has asked for one; this is another.
    await signInAs('Camilla');
    const asked = await page.request.post(`${process.env.VEJNET_E2E}/api/seats/${demoId('seat', '18 1')}/moves`, {
      data: { to: demoId('class', '17') },
      headers: { origin: process.env.VEJNET_E2E ?? '', 'idempotency-key': crypto.randomUUID() },
    });
    expect(asked.status()).toBe(201);
  }
  // The school that they would come to does not read who it is before both said yes.
  await signInAs('Dorte');
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Flytninger, der venter på jeres svar' : 'Moves that wait for your answer' })).toBeVisible();
  await visit('/seat-moves');
  await expect(move.getByText(da ? /Hvilket firma det er/ : /which company it is/)).toBeVisible();
  await looksRight();
  if (da) {
    await button('Sig ja', 'Say yes').click();
    await expect(page.getByRole('status').filter({ hasText: 'I har sagt ja.' })).toBeVisible();
  }

  await signInAs('Emil');
  await visit('/seat-moves');
  if (da) {
    await button('Sig ja', 'Say yes').click();
    await expect(page.getByText('Begge har sagt ja, og pladserne er flyttet.')).toBeVisible();
    await expect(move.getByText('Flyttet')).toBeVisible();
  } else {
    await button('Sig nej', 'Say no').click();
    await page.getByLabel('Why?').fill('We have one more who wants to come');
    await looksRight();
    await move.getByRole('button', { name: 'Say no' }).click();
    await expect(page.getByText('You said no. The participants stay where they are.')).toBeVisible();
    await expect(move.getByText('We have one more who wants to come')).toBeVisible();
  }
  await looksRight();
  await visit(`/classes/${demoId('class', '18')}`);
  await expect(page.getByRole('heading', { level: 2, name: da ? 'Flytninger mellem hold' : 'Moves between classes' })).toBeVisible();
  await looksRight();
});
