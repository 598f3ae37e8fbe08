import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** A browser whose console must stay silent, and whose pages must pass axe. */
export const test = base.extend<{ visit: (path: string) => Promise<void>; signInAs: (name: string) => Promise<void>; looksRight: () => Promise<void> }>({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The browser itself reports every refused request; the screens answer those in words.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(page);
    expect(complaints).toEqual([]);
  },
  visit: async ({ page }, use) => {
    await use(async (path) => {
      await page.goto(`${process.env.VEJNET_E2E}${path}`);
    });
  },
  signInAs: async ({ page, visit }, use) => {
    await use(async (name) => {
      await visit('/sign-in');
      await page.getByRole('button', { name: new RegExp(`^${name} `) }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    });
  },
  looksRight: async ({ page }, use) => {
    await use(() => looksRight(page));
  },
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** axe finds nothing, and nothing has to be scrolled sideways. The program of axe is sent once per document, and only what it finds comes back. */
async function looksRight(page: Page): Promise<void> {
  // A page that is still fetched has no heading yet; what is judged is the page that came.
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.locator('main').first()).toBeAttached();
  if (await page.evaluate(() => !('axe' in self))) await page.evaluate(axe.source);
  const { found, sideways } = await page.evaluate(async (values) => {
    // A button just enabled still has the colours of a disabled one until the next frame: what ends by itself is waited for.
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { run } = (self as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return {
      found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  }, tags);
  expect(found).toEqual([]);
  expect(sideways, 'pixels to be scrolled sideways').toBe(0);
}

/** Nothing has to be scrolled sideways. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'pixels to be scrolled sideways').toBe(0);
}

interface Sent {
  to: string;
  subject: string;
  text: string;
}
/** Every mail of the demonstration, the newest first: other journeys write too. */
export async function mailsSent(page: Page): Promise<Sent[]> {
  const all: Sent[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await page.request.get(`${process.env.VEJNET_E2E}/api/demonstration/mails?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    const found = (await answer.json()) as { items: Sent[]; next: string | null };
    all.push(...found.items);
    cursor = found.next;
  }
  return all;
}

export const inDanish = (project: string) => project.startsWith('da');
export { expect };
