import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../tests/support/app.ts';
import { makeCentre } from '../../../tests/support/factory.ts';
import { demonstrationRoutes, routes } from '../../app/routes.ts';
import type { Endpoint } from '../../kit/endpoint.ts';

const app = await testApp({ kind: 'demonstration' });
const endpoints: Endpoint[] = [...routes, ...demonstrationRoutes].map(({ endpoint }) => endpoint);
const tagOf = ({ path }: Endpoint) => (path.split('/')[2] as string).split('.')[0] as string;
const tags = [...new Set(endpoints.map(tagOf))];
const text = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Splits a line as a shell would: 'as it is', "with variables". */
function words(line: string, variables: Record<string, string>): string[] {
  const found: string[] = [];
  let word: string | null = null;
  for (const [, plain, single, double, after, space] of line.matchAll(/([^\s'"\\]+)|'([^']*)'|"([^"]*)"|\\(.)|(\s+)/g)) {
    if (space !== undefined) {
      if (word !== null) found.push(word);
      word = null;
    } else word = (word ?? '') + (plain ?? single ?? after ?? (double as string).replaceAll(/\$(\w+)/g, (_all, name: string) => variables[name] ?? ''));
  }
  return word === null ? found : [...found, word];
}

interface Pasted {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}
/** What a line with curl asks for. */
function pasted(line: string, key: string): Pasted {
  const [program, ...rest] = words(line, { VEJNET_KEY: key });
  expect(program).toBe('curl');
  const asked: Pasted = { method: 'GET', url: '', headers: {} };
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] as string;
    const next = () => rest[(at += 1)] as string;
    if (word === '-X') asked.method = next();
    else if (word === '-H') {
      const [name = '', ...value] = next().split(': ');
      asked.headers[name.toLowerCase()] = value.join(': ');
    } else if (word === '-d') asked.payload = next();
    else if (word === '--data-binary') {
      expect(next()).toBe('@file');
      asked.payload = 'cvr;navn\r\n';
    } else asked.url = new URL(word).href.replace('http://localhost:3000', '');
  }
  return asked;
}

const keys: Record<string, string> = {};
beforeAll(async () => {
  const { anna, bo, camilla, dorte, karen } = await makeCentre(app);
  for (const person of [anna, bo, camilla, dorte, karen]) {
    const made = await app.request(person).post('/api/keys', { name: 'Eksempler', writes: true, days: 30, machine: null });
    for (const role of person.roles) keys[role] ??= made.body.key;
  }
});

describe('pages for whoever writes a script', () => {
  test('X.2 the first one names every part of the contract; what is not there is not found', async () => {
    const index = await app.request(null).get('/api/docs');
    expect(index.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const tag of tags) expect(index.text).toContain(`href="/api/docs/${tag}"`);
    expect(await app.request(null).get('/api/docs/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(null).get('/api/docs/%3Cscript%3E')).text).not.toContain('<script>');
  });

  test.each(tags)('X.2 %s: every endpoint with a request that can be pasted, and what a key may not is said', async (tag) => {
    const page = text((await app.request(null).get(`/api/docs/${tag}`)).text);
    for (const endpoint of endpoints.filter((each) => tagOf(each) === tag)) {
      const part = page.slice(page.indexOf(`<h2 id="${endpoint.name}">`)).split('</article>')[0] as string;
      expect(part).toContain(endpoint.summary);
      const line = /<pre>(curl [^\n]*)<\/pre>/.exec(part)?.[1];
      expect(line === undefined, endpoint.name).toBe(endpoint.bySession === true);
      if (line === undefined) continue;
      const role = endpoint.access === 'anyone' ? null : endpoint.access === 'signed-in' ? 'consultant' : (endpoint.access.find((each) => keys[each] !== undefined) ?? 'nobody with a key');
      if (role === 'nobody with a key') {
        expect(endpoint.access).toEqual(['ministry']);
        continue;
      }
      await app.owner.query('delete from vn.rate');
      const asked = pasted(line, role === null ? '' : (keys[role] as string));
      const answer = await app.request(null).raw({ ...asked, headers: { ...asked.headers, 'idempotency-key': randomUUID() } } as never);
      // Ids of examples are nobody's here, and some examples say what this centre's day refuses; that the request itself is right is what is asked.
      const unknown = answer.status === 400 && answer.body.fields.every(({ code }: { code: string }) => code === 'unknown');
      expect(unknown ? [] : [400, 401, 415, 428, 500, 503], `${endpoint.name}: ${line}\n${answer.text}`).not.toContain(answer.status);
      expect(['forbidden', 'key_not_enough', 'key_reads_only', 'foreign_origin'], `${endpoint.name}: ${answer.text}`).not.toContain(answer.body?.code);
    }
  });
});
