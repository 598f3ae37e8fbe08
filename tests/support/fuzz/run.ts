import type { InjectOptions } from 'fastify';
import { anId, faultsOf, foreignIn, isForeign, open } from './checks.ts';
import { Known, requestFor, type Style, targetOf } from './requests.ts';
import { chance } from './values.ts';
import { endpoints, enter, fjord, type Lane, lanes, type Row, restore, rowReader, type Server } from './world.ts';

/** A fault with the first request that met it, whole enough to be sent again. */
export interface Finding {
  endpoint: string;
  lane: string;
  fault: string;
  count: number;
  request: string;
  answer: string;
}

export interface Tally {
  requests: number;
  statuses: Map<number, number>;
  /** How often each lane was nobody. */
  refused: Map<string, number>;
  /** Answers of each endpoint: how many at all, and how many of them 2xx. */
  answered: Map<string, { all: number; good: number; refusals: Map<string, number> }>;
  findings: Map<string, Finding>;
}
export const newTally = (): Tally => ({ requests: 0, statuses: new Map(), refused: new Map(), answered: new Map(), findings: new Map() });

const targets = endpoints.map(targetOf);
const may = ({ access }: (typeof endpoints)[number], { name, roles }: Lane) => access === 'anyone' || (name !== 'nobody' && (access === 'signed-in' || access.some((role) => roles.includes(role))));
/** What stands around an id in a long answer. */
const around = (text: string, id: string) => (id === '' || text.length < 1500 ? text : `…${text.slice(Math.max(0, text.indexOf(id) - 700), text.indexOf(id) + 700)}…`);
const nobodys: Row = { table: '', id: '', centre: null, refs: '' };
const sample = (text: string) => (text.length > 1500 ? `${text.slice(0, 1500)}… (${text.length})` : text);

/** Sends `each` requests as every lane, all lanes at once and each in its own order. */
export async function fuzz(server: Server, each: number, seed: number, tally: Tally): Promise<void> {
  const { app, owner, clock, faults } = server;
  const known = new Known();
  const readRows = await rowReader(owner);
  const dice = chance(seed);
  const waiting: { id: string; lane: Lane; centre: string | null; endpoint: string; request: string; answer: string }[] = [];
  const note = (endpoint: string, lane: string, fault: string, request: string, answer: string) => {
    const key = `${endpoint}: ${fault}`;
    const found = tally.findings.get(key);
    if (found === undefined) tally.findings.set(key, { endpoint, lane, fault, count: 1, request, answer: sample(answer) });
    else found.count += 1;
  };
  /** Ids of other centres' rows that somebody gave to a thing of their own. */
  const adopted = new Set<string>();
  const settle = () => {
    for (const { id, lane, centre, endpoint, request, answer } of waiting.splice(0)) {
      const row = known.row(id);
      if (row !== undefined && isForeign(row, centre) && !adopted.has(id)) note(endpoint, lane.name, `tells a row of another centre (${row.table})`, request, answer);
    }
  };
  const refresh = async () => {
    await restore(server);
    known.learnRows(await readRows());
    settle();
  };
  for (const { text } of (await owner.query<{ text: string }>('select text from vn.mail where centre_id = $1 or centre_id is null', [fjord])).rows) known.learnLinks(fjord, text, dice);
  await refresh();
  const versioned = new Set(
    (await owner.query<{ name: string }>(`select table_name name from information_schema.columns where table_schema = 'vn' and column_name = 'version'`)).rows.map(({ name }) => name),
  );
  const versionOf = async ({ table, id }: Row): Promise<number | null> => {
    if (!versioned.has(table)) return null;
    const found = await owner.query<{ version: number }>(`select version from vn.${table} where id = $1`, [id]);
    return found.rows[0]?.version ?? null;
  };
  let sent = 0;
  let restoring: Promise<void> | null = null;
  const pause = Math.max(100, Math.min(1500, each * 2));

  const walk = async (lane: Lane, at: number) => {
    const by = chance(seed * 31 + at);
    const signedIn = lane.personId !== null && lane.key === null;
    let token = signedIn ? await enter(server, lane) : '';
    const mine = targets.filter(({ endpoint }) => may(endpoint, lane));
    const others = targets.filter(({ endpoint }) => !may(endpoint, lane));
    let deck: typeof targets = [];
    for (let count = 0; count < each; count += 1) {
      // What nobody was let do yet comes twice.
      if (deck.length === 0)
        deck = [...mine, ...mine.filter(({ endpoint }) => (tally.answered.get(endpoint.name)?.good ?? 0) === 0)]
          .map((target) => [by.next(), target] as const)
          .sort(([one], [other]) => one - other)
          .map(([, target]) => target);
      const target = others.length > 0 && by.maybe(0.12) ? by.pick(others) : (deck.pop() ?? by.pick(mine));
      const { endpoint, area } = target;
      const style: Style = by.maybe(0.5) ? 'careful' : by.maybe(0.4) ? 'shaped' : 'hostile';
      const asked = await requestFor(target, lane, style, known, by, versionOf);
      const headers = { ...(lane.key === null ? {} : { authorization: `Bearer ${lane.key}` }), ...(signedIn ? { cookie: `vejnet=${token}` } : {}), ...asked.headers };
      const before = faults.length;
      const answer = await app
        .inject({ method: asked.method, url: asked.url, headers, ...(asked.payload === undefined ? {} : { payload: asked.payload }) } as InjectOptions)
        .catch((error: unknown) => error as Error);
      sent += 1;
      clock.advance({ minutes: 0.001 });
      tally.requests += 1;
      const request = sample(`${asked.method} ${asked.url} ${JSON.stringify(asked.headers)} ${String(asked.payload ?? '')}`);
      if (answer instanceof Error) {
        note(
          endpoint.name,
          lane.name,
          `no answer at all: ${answer.message}`,
          request,
          faults
            .slice(before)
            .map(({ error, where }) => `${where}: ${error instanceof Error ? error.stack : String(error)}`)
            .join('\n'),
        );
        continue;
      }
      const status = answer.statusCode;
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
      const text = answer.body;
      if (status === 401) tally.refused.set(lane.name, (tally.refused.get(lane.name) ?? 0) + 1);
      const tallied = tally.answered.get(endpoint.name) ?? { all: 0, good: 0, refusals: new Map() };
      tally.answered.set(endpoint.name, tallied);
      tallied.all += 1;
      // A link opens its own centre, whoever holds it, and what it tells is of there.
      const secret = (asked.body as { token?: unknown; code?: unknown } | undefined)?.token ?? (asked.body as { code?: unknown } | undefined)?.code;
      const centreAsked = endpoint.access === 'anyone' && secret !== undefined ? known.centreOfLink(typeof secret === 'string' ? secret : '') : (lane.centreId ?? fjord);
      // An address that was bent leads to another endpoint, or to none.
      const elsewhere = asked.bent === true;
      if (status < 300) {
        tallied.good += 1;
        known.learnTaken(lane.centreId, endpoint.name, asked.body, by);
        known.learnOpened(area, (asked.body as { token?: unknown; code?: unknown } | undefined)?.token ?? (asked.body as { code?: unknown } | undefined)?.code, by);
        if (endpoint.download === undefined && status !== 204 && text.length < 300_000 && !open.has(endpoint.name)) known.learn(lane.centreId === null ? null : centreAsked, JSON.parse(text), by);
      } else {
        const code = `${/"code":"(\w+)"/.exec(text)?.[1] ?? status}${status === 400 ? ` ${/"path":"([^"]*)","code":"(\w+)"/.exec(text)?.slice(1).join(' ')}` : ''}`;
        tallied.refusals.set(code, (tallied.refusals.get(code) ?? 0) + 1);
      }
      const rowOf = (id: string) => (adopted.has(id) ? nobodys : known.row(id));
      if (status < 300 && endpoint.method !== 'GET') {
        const { ids, faults: done } = foreignIn(endpoint, asked, centreAsked, rowOf);
        for (const id of ids) adopted.add(id);
        for (const fault of done) note(endpoint.name, lane.name, fault, request, text);
      }
      const told = faults.slice(before).map(({ error, where }) => `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!elsewhere)
        for (const fault of faultsOf(
          endpoint,
          lane,
          centreAsked,
          asked,
          { status, type: String(answer.headers['content-type'] ?? ''), text },
          rowOf,
          (id) => waiting.length < 20_000 && waiting.push({ id, lane, centre: centreAsked, endpoint: endpoint.name, request, answer: around(text, id) }),
        ))
          note(
            endpoint.name,
            lane.name,
            status >= 500 ? `${fault}: ${(told.find((each) => each.includes(endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'))) ?? told[0] ?? '').split('\n')[0]}` : fault,
            request,
            status >= 500 ? told.join('\n') : around(text, [...text.matchAll(anId)].map(([id]) => id).find((id) => isForeign(known.row(id) ?? nobodys, centreAsked)) ?? ''),
          );
      else if (status >= 500) note(endpoint.name, lane.name, `answers ${status}`, request, told.join('\n'));
      // Like a browser: whoever was let in anew goes on with that session only where it is one's own; whoever was sent away signs in again.
      if (status === 401 && may(endpoint, lane) && asked.headers.authorization === undefined && asked.headers.cookie === undefined)
        await (restoring = (restoring ?? Promise.resolve()).then(() => restore(server)));
      if (signedIn && (status === 401 || count % 400 === 399)) token = await enter(server, lane);
      if (sent % pause === 0) restoring = (restoring ?? Promise.resolve()).then(refresh);
      if (sent % (pause * 4) === pause) restoring = (restoring ?? Promise.resolve()).then(() => server.sweep());
      if (restoring !== null) await restoring;
    }
  };
  await Promise.all(lanes.map(walk));
  await refresh();
  for (const { error, where } of faults)
    if (!/^(GET|POST|PUT|PATCH|DELETE) /.test(where)) note('job', where, `fails: ${String(error instanceof Error ? error.message : error)}`, '', error instanceof Error ? (error.stack ?? '') : '');
  faults.splice(0);
}
