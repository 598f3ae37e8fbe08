/** npm test: checks, tests, the web, journeys in a browser; in this order, and stops at the first that fails. Ends with the sum of all tests. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
// Playwright empties its own result folder when it starts, so the counts lie elsewhere.
const results = mkdtempSync(path.join(os.tmpdir(), 'vejnet-results-'));
const counted = { passed: 0, failed: 0 };

function run(command: string, args: string[], extra: NodeJS.ProcessEnv = {}): boolean {
  const env = { ...process.env, PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`, ...extra };
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;
}

function resultsIn(file: string): Record<string, unknown> | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : null;
}

function unitTests(): boolean {
  if (!fromDebian('radicale', 'The calendar tests') || !fromDebian('dovecot', 'The tests of incoming mail', 'dovecot-imapd')) return false;
  const file = path.join(results, 'vitest.json');
  const ok = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const found = resultsIn(file);
  counted.passed += Number(found?.numPassedTests ?? 0);
  counted.failed += Number(found?.numFailedTests ?? 0);
  return ok && counted.passed > 0;
}

const hasJourneys = () => existsSync(path.join(root, 'e2e')) && readdirSync(path.join(root, 'e2e'), { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.spec.ts'));

/** What comes from Debian: the browsers that Playwright fetches itself are not used, and a calendar or IMAP server for npm is none. Never skipped silently. */
function fromDebian(name: string, what: string, pack = name): boolean {
  const there = () => ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(`${folder}/${name}`));
  if (there()) return true;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    if (run('apt-get', ['update', '-qq'], quiet) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', pack], quiet) && there()) return true;
  }
  console.error(`${what} need ${name}: install it with "apt-get install ${pack}" and run npm test again.`);
  return false;
}

function journeys(): boolean {
  if (!hasJourneys()) return true;
  if (!fromDebian('chromium', 'The browser tests')) return false;
  const file = path.join(results, 'playwright.json');
  const ok = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const stats = resultsIn(file)?.stats as { expected?: number; unexpected?: number; flaky?: number } | undefined;
  counted.passed += stats?.expected ?? 0;
  counted.failed += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  return ok;
}

const steps: [string, () => boolean][] = [
  ['Types', () => run('tsc', [])],
  ['Style and faults (Biome)', () => run('biome', ['check', '--error-on-warnings'])],
  ['Unused files, exports and packages (knip)', () => run('knip', [])],
  ['Table types are what the migrations make', () => run(process.execPath, ['scripts/tables.ts', '--check'])],
  ['Tests', unitTests],
  ['The web is built', () => run(process.execPath, ['scripts/build-web.ts'])],
  ['Journeys in a browser', journeys],
];

let broken: string | null = null;
for (const [heading, step] of steps) {
  console.log(`\n== ${heading}`);
  const began = performance.now();
  if (!step()) {
    broken = heading;
    break;
  }
  console.log(`   ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
rmSync(results, { recursive: true, force: true });
console.log(`\n${broken === null ? 'All steps passed.' : `Stopped at: ${broken}`}\n${counted.passed} passed, ${counted.failed} failed`);
process.exitCode = broken === null ? 0 : 1;
