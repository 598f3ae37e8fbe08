import { createHash } from 'node:crypto';
import { request as client, type Page } from '@playwright/test';
import { addressOf, type Known, knownTo, routes } from './routes.ts';
import { expect, fits, test } from './visitor.ts';

const people = ['anna', 'bo', 'camilla', 'dorte', 'emil', 'hanne', 'ida', 'karen'];
const plain = [
  '/sign-in',
  '/sign-in#a-link-from-a-mail-0000',
  '/sign-in/back/01990000-0000-7000-8000-ffffffffffff?code=a&state=b',
  '/accessibility',
  '/privacy',
  '/mailbox',
  '/hearing',
  '/ask',
  '/meeting',
  `/meeting#${'a'.repeat(32)}`,
  '/company',
  `/company#${'a'.repeat(43)}`,
  '/adviser',
  `/adviser#${'a'.repeat(43)}`,
  `/hearing#${'a'.repeat(43)}`,
  '/corner',
  '/corner#BDFG-HJKL-MNPR',
  '/corner-poster',
  '/corner-poster#BDFG-HJKL-MNPR',
  '/open-events',
  '/find-a-course',
  '/class-seat',
  `/class-seat#${'a'.repeat(32)}`,
  '/event',
  '/event#01990000-0000-7000-8000-ffffffffffff',
  '/event-place',
  `/event-place#${'a'.repeat(32)}`,
  '/wishes',
  '/wishes#BDFG-HJKL-MNPR',
  '/wish-paper#BDFG-HJKL-MNPR',
  '/wish-steward',
  `/wish-steward#${'a'.repeat(32)}`,
  `/wish-counts#${'a'.repeat(32)}`,
  '/pool-ask',
  '/pool-ask#BDFG-HJKL-MNPR',
  '/pool-board',
  `/pool-board#${'a'.repeat(32)}`,
];

// Either worker takes the next person: the sweep is as long as half of all its pages.
test.describe.configure({ mode: 'parallel' });

/** The router as it runs in the page; TanStack keeps it there for its tools. */
type Running = typeof globalThis & { __TSR_ROUTER__: { routesByPath: Record<string, unknown>; history: { push(to: string): void } } };

/** Which requests are under way: the sweep waits for the last answer instead of for some quiet time. */
function underWay(page: Page) {
  const asked = new Set<unknown>();
  let heard = () => {};
  page.on('request', (request) => asked.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end as 'requestfinished', (request) => {
      asked.delete(request);
      heard();
    });
  }
  return async () => {
    for (;;) {
      while (asked.size > 0) await new Promise<void>((resolve) => (heard = resolve));
      // What an answer leads to is asked for before the second frame.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      if (asked.size === 0) return;
    }
  };
}

/** What axe has judged in this worker. The same page in the hands of somebody else – most often that they may not see it – is not judged again; the frame around it is, on each one's first page. */
const judged = new Set<string>();
async function isNew(page: Page): Promise<boolean> {
  const shown = await page.locator('main').innerHTML();
  // Numbers that React and the components hand out differ from visit to visit.
  const same = createHash('sha256')
    .update(shown.replaceAll(/mantine-[\w-]+|[:«_]r[\w]+[:»_]/g, ''))
    .digest('base64');
  return judged.size < judged.add(same).size;
}

async function signIn(request: Page['request'], person: string): Promise<Known> {
  const answer = await request.post(`${process.env.VEJNET_E2E}/api/session/demo`, { data: { person } });
  expect(answer.status()).toBe(200);
  return knownTo(request);
}

/** What the coordinator sees and others mostly may not. */
async function knownToOthers(): Promise<Known> {
  const request = await client.newContext();
  const known = await signIn(request, 'camilla');
  await request.dispose();
  return known;
}

for (const person of people) {
  test(`every page is whole for ${person}: a heading, nothing axe finds, nothing sideways, a silent console`, async ({ page, visit, looksRight }) => {
    test.setTimeout(180_000);
    const answered = underWay(page);
    const [own, others] = [await signIn(page.request, person), await knownToOthers()];
    await visit('/nowhere');
    const heading = page.locator('h1:not([data-left])');
    const whole = async () => {
      await expect(heading).toHaveCount(1);
      await answered();
      await expect(page.getByRole('status').filter({ hasText: /^(Henter|Loading)$/ })).toHaveCount(0);
      await expect(heading).toHaveCount(1);
      await ((await isNew(page)) ? looksRight() : fits(page));
    };
    await whole();
    await looksRight();
    for (const route of Object.keys(routes)) {
      const address = addressOf(route, own, others);
      await test.step(address, async () => {
        await page.evaluate((to) => {
          for (const left of document.querySelectorAll('h1')) left.dataset.left = '';
          (self as Running).__TSR_ROUTER__.history.push(to);
        }, address);
        await whole();
      });
    }
  });
}

test('the sweep opens every route that the router knows, and each can be opened by its address', async ({ page, visit }) => {
  await signIn(page.request, 'camilla');
  await visit('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  const known = await page.evaluate(() => Object.keys((self as Running).__TSR_ROUTER__.routesByPath));
  expect(Object.keys(routes).sort()).toEqual(known.sort());
  const served = async (address: string) => (await page.request.get(`${process.env.VEJNET_E2E}${address}`, { headers: { accept: 'text/html' } })).text();
  const app = await served('/');
  for (const route of known) expect(await served(addressOf(route, {}, {})), route).toBe(app);
});

test('the sweep has real things to open: what the demonstration is built with is known to somebody', async ({ page }) => {
  const an = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(await signIn(page.request, 'dorte')).toMatchObject({ hearing: an, corner: an });
  expect(await signIn(page.request, 'camilla')).toMatchObject({ company: an, person: an, consultant: an, school: an, campaign: an });
});

test('what is planted is found: by axe, sideways', async ({ page, visit, looksRight }) => {
  await visit('/accessibility');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await looksRight();
  await page.evaluate(() => document.querySelector('main')?.append(Object.assign(document.createElement('button'), { id: 'planted' })));
  await expect(looksRight()).rejects.toThrow(/button-name/);
  await page.evaluate(() => {
    const planted = document.getElementById('planted') as HTMLElement;
    planted.textContent = 'Vejnet';
    planted.style.width = '2000px';
  });
  await expect(looksRight()).rejects.toThrow(/scrolled sideways/);
});

test('every plain page is whole for anybody', async ({ page, visit, looksRight }) => {
  const answered = underWay(page);
  for (const address of plain) {
    await test.step(address, async () => {
      await visit(address);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await answered();
      await looksRight();
    });
  }
});
