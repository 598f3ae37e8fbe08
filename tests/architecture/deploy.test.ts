import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const there = (name: string) => existsSync(path.join(root, name));
const { scripts, dependencies, engines } = JSON.parse(read('package.json'));

/** What of a container's or service's recipe is not in this repository: copied files, commands, settings, addresses. */
function faultsOf(lines: readonly string[]): string[] {
  const faults: string[] = [];
  const settings = read('docs/operations.md');
  for (const line of lines) {
    const copied = /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1] ?? '';
    for (const name of copied.split(' ').filter(Boolean)) if (!there(name)) faults.push(`${name} is copied and not there`);
    for (const [, name = ''] of line.matchAll(/npm run ([\w:-]+)/g)) if (!Object.hasOwn(scripts, name)) faults.push(`npm run ${name} is no script`);
    for (const [, name = ''] of line.matchAll(/(?<![\w./-])((?:src|scripts|docs|deploy)\/[\w./-]+\.\w+)/g)) if (!there(name)) faults.push(`${name} is run or named and not there`);
    for (const [, name = ''] of line.matchAll(/(?:^(?:ENV|Environment=)|[ =])((?:VEJNET_\w+|PORT))=/g)) if (!settings.includes(`| \`${name}\``)) faults.push(`${name} is no setting`);
    for (const [, name = ''] of line.matchAll(/'(\/[a-z]+z)'/g)) if (!read('src/platform/http/app.ts').includes(`'${name}'`)) faults.push(`${name} is no address`);
  }
  return faults;
}

describe('the recipe of a container', () => {
  const lines = read('deploy/Containerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  test('copies, runs, sets and asks for what is there', () => expect(faultsOf(lines)).toEqual([]));

  test('is on the Node that Vejnet is tested with', () => {
    const major = String(dependencies.node).split('.')[0];
    expect(lines.filter((line) => line.startsWith('FROM ')).map((line) => /^FROM node:(\d+)-/.exec(line)?.[1])).toEqual([major, major]);
    expect(Number(major)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
  });

  test('installs before it builds and throws the tools away after, and runs as somebody who is not root and whose folder outlives it', () => {
    const text = lines.join('\n');
    const order = ['RUN npm ci', 'COPY . .', 'npm run build', 'npm prune --omit=dev', 'COPY --from=made', 'USER node', 'VOLUME /var/lib/vejnet', 'CMD ["node", "src/app/server.ts"]'];
    expect(order.map((each) => text.indexOf(each)).filter((at) => at < 0)).toEqual([]);
    expect(order.toSorted((a, b) => text.indexOf(a) - text.indexOf(b))).toEqual(order);
    expect(text.indexOf('chown node:node /var/lib/vejnet')).toBeLessThan(text.indexOf('USER node'));
    expect(text).toMatch(/ENV .*VEJNET_DATA=\/var\/lib\/vejnet\b/);
  });

  test('takes nothing along that is the machine’s own', () => {
    for (const name of ['node_modules', 'data', 'dist', '.git']) expect(read('.dockerignore').split('\n')).toContain(name);
  });

  test('faults are seen', () =>
    expect(faultsOf(['COPY package.json gone.json ./', 'RUN npm run gone', 'CMD ["node", "src/app/gone.ts"]', 'ENV VEJNET_GONE=1 PORT=3000', `HEALTHCHECK CMD fetch('/gonez')`])).toEqual([
      'gone.json is copied and not there',
      'npm run gone is no script',
      'src/app/gone.ts is run or named and not there',
      'VEJNET_GONE is no setting',
      '/gonez is no address',
    ]));
});

describe('the unit of systemd', () => {
  const lines = read('deploy/vejnet.service')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const saidOf = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);

  test('runs, sets and names what is there', () => {
    expect(faultsOf(lines)).toEqual([]);
    const [node = '', script = ''] = (saidOf('ExecStart') ?? '').split(' ');
    const place = `${saidOf('WorkingDirectory')}/`;
    expect(node.startsWith(place)).toBe(true);
    // Stays when the tools are thrown away: `node` is no tool but what Vejnet runs on.
    expect(statSync(path.join(root, node.slice(place.length))).mode & 0o111).not.toBe(0);
    expect([script, dependencies.node]).toEqual(['src/app/server.ts', expect.any(String)]);
  });

  test('is installed as docs/operations.md says, and its folder is the one it may write to', () => {
    const text = read('docs/operations.md');
    for (const said of [`adduser --system --group --no-create-home ${saidOf('User')}`, 'deploy/vejnet.service /etc/systemd/system/', `\`${saidOf('WorkingDirectory')}\``]) expect(text).toContain(said);
    expect(saidOf('Environment')).toBe(`VEJNET_DATA=/var/lib/${saidOf('StateDirectory')}`);
    expect([saidOf('ProtectSystem'), saidOf('NoNewPrivileges'), saidOf('KillSignal')]).toEqual(['strict', 'true', 'SIGTERM']);
  });
});
