import pg from 'pg';
import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';
import { clientOf } from './scratch.ts';

interface Statement {
  on: unknown;
  text: string;
  values: unknown[];
}

/** The statements that one request sends, in their order. */
async function statementsOf(app: TestApp, person: TestPerson, url: string): Promise<Statement[]> {
  const heard: Statement[] = [];
  const query = pg.Client.prototype.query as (...all: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: unknown, ...all: unknown[]) {
    const [what, values] = all;
    if (typeof what === 'string') heard.push({ on: this, text: what, values: Array.isArray(values) ? values : [] });
    else if (typeof what === 'object' && what !== null && 'text' in what) heard.push({ on: this, text: String(what.text), values: (what as { values?: unknown[] }).values ?? [] });
    return query.apply(this, all);
  } as never);
  try {
    const answer = await app.request(person).get(url);
    expect(answer.status, answer.text).toBe(200);
  } finally {
    spy.mockRestore();
  }
  // The background's queue has connections of its own.
  const own = heard.find(({ text }) => text.startsWith('begin read only'))?.on;
  return heard.filter(({ on }) => on === own);
}

/** How many pages of the database a request touches between BEGIN and COMMIT: what the product really asks, explained as whoever asks it. */
export async function pagesTouched(app: TestApp, person: TestPerson, url: string): Promise<number> {
  const statements = await statementsOf(app, person, url);
  const client = await clientOf(app.database, 'app');
  let [pages, counted, within] = [0, 0, false];
  try {
    await client.query('set search_path = vn, public; set timezone = UTC');
    for (const { text, values } of statements) {
      if (text.startsWith('begin') && !text.endsWith('commit')) within = (await client.query(text)) !== null;
      else if (text === 'commit') within = (await client.query(text)) === null;
      else if (within) {
        // The first run fills what is only done once: hint bits and the plans inside functions.
        for (let run = 0; run < 2; run += 1) {
          const explained = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
          const { Plan: plan } = explained.rows[0]['QUERY PLAN'][0];
          if (run === 1) pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
        }
        counted += 1;
      }
    }
  } finally {
    await client.end();
  }
  expect(counted, `${url} asks the database nothing`).toBeGreaterThan(0);
  return pages;
}

/**
 * Growth is a test (decisions): what these addresses touch may grow to at most 1.2 times when `grow` doubles what is there.
 * `grow` is called twice, with 0 and 1; a short run of pages may grow by as many as a tree gets deeper.
 */
export async function expectNoGrowth(app: TestApp, wanted: Record<string, { by: TestPerson; url: string | (() => Promise<string>) }>, grow: (half: 0 | 1) => Promise<void>): Promise<void> {
  const measured = async () => {
    await app.owner.query('vacuum analyze');
    const pages: Record<string, number> = {};
    for (const [what, { by, url }] of Object.entries(wanted)) pages[what] = await pagesTouched(app, by, typeof url === 'string' ? url : await url());
    return pages;
  };
  await grow(0);
  const before = await measured();
  await grow(1);
  const after = await measured();
  const grown = Object.entries(before).filter(([what, pages]) => (after[what] ?? 0) > Math.max(pages * 1.2, pages + 4));
  expect(Object.fromEntries(grown.map(([what, pages]) => [what, `${pages} pages, then ${after[what]}`]))).toEqual({});
}
