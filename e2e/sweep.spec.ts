import type { APIRequestContext } from '@playwright/test';
import { expect, test } from './visitor.ts';

const people = ['anna', 'bo', 'camilla', 'dorte', 'emil', 'hanne', 'ida', 'karen'];
const inside = [
  '/',
  '/me',
  '/calls',
  '/calls-made',
  '/hearings',
  '/campaigns',
  '/campaigns/new',
  '/outreach-settings',
  '/companies',
  '/companies/new',
  '/meetings',
  '/capacity',
  '/my-time',
  '/assignment-rule',
  '/imports',
  '/people',
  '/people/invite',
  '/consultants',
  '/schools',
  '/schools/new',
  '/teams',
  '/processors',
  '/centre',
  '/log',
  '/nowhere',
];
const plain = ['/sign-in', '/sign-in#a-link-from-a-mail-0000', '/accessibility', '/privacy', '/mailbox', '/hearing', `/hearing#${'a'.repeat(43)}`];

/** The addresses of single things, as far as the person may know them. */
async function details(request: APIRequestContext): Promise<string[]> {
  const first = async (address: string, page: string) => {
    const answer = await request.get(`${process.env.VEJNET_E2E}${address}`);
    const body = answer.ok() ? await answer.json() : [];
    const found = (Array.isArray(body) ? body : body.items)[0];
    return found === undefined ? [] : [`${page}/${found.id ?? found.personId ?? found.campaign}`];
  };
  return (
    await Promise.all([
      first('/api/companies?limit=1', '/companies'),
      first('/api/people?limit=1', '/people'),
      first('/api/meetings', '/meetings'),
      first('/api/schools', '/schools'),
      first('/api/profiles', '/consultants'),
      first('/api/company-imports?limit=1', '/imports'),
      first('/api/campaigns?limit=1', '/campaigns'),
      first('/api/hearings', '/hearings'),
    ])
  ).flat();
}

for (const person of people) {
  test(`every page is whole for ${person}: a heading, nothing axe finds, nothing sideways, a silent console`, async ({ page, visit, looksRight }) => {
    test.setTimeout(180_000);
    const signedIn = await page.request.post(`${process.env.VEJNET_E2E}/api/session/demo`, { data: { person } });
    expect(signedIn.status()).toBe(200);
    for (const address of [...inside, ...(await details(page.request))]) {
      await test.step(address, async () => {
        await visit(address);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await page.waitForLoadState('networkidle');
        await expect(page.getByRole('status').filter({ hasText: /^(Henter|Loading)$/ })).toHaveCount(0);
        await looksRight();
      });
    }
  });
}

test('every plain page is whole for anybody', async ({ page, visit, looksRight }) => {
  for (const address of plain) {
    await test.step(address, async () => {
      await visit(address);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await page.waitForLoadState('networkidle');
      await looksRight();
    });
  }
});
