import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { type Clock, movableClock } from '../platform/clock.ts';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { BackupError, backUp, restore } from '../platform/db/backup.ts';
import { openDatabase } from '../platform/db/open.ts';
import { newId } from '../platform/ids.ts';
import { importCompanies, UsageError } from './import-command.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Room {
  words: string[];
  clock: Clock;
  config: Config;
  /** The application's connection, for what runs under its policies. */
  app: pg.ClientConfig;
  admin: pg.ClientConfig;
}

type Command = (owner: pg.Client, room: Room) => Promise<string>;

async function signInLink(owner: pg.Client, { words: [email], clock, config }: Room): Promise<string> {
  const now = clock.now();
  if (email === undefined) throw new UsageError('sign-in-link ADDRESS');
  const found = await owner.query<{ id: string; name: string }>('select id, name from vn.person where lower(email) = lower($1)', [email]);
  const person = found.rows[0];
  if (person === undefined) throw new UsageError(`Nobody has the address ${email}.`);
  const link = randomBytes(32).toString('base64url');
  await owner.query(`insert into vn.sign_in_token (id, person_id, link_hash, created_at, expires_at, way) values ($1, $2, $3, $4::timestamptz, $4::timestamptz + interval '1 hour', 'operator')`, [
    newId(now),
    person.id,
    createHash('sha256').update(link).digest(),
    now,
  ]);
  return `${person.name} signs in here, once, within an hour:\n${new URL(`/sign-in#${link}`, config.url)}`;
}

/** A region, a centre and its first administrator: what a new installation needs before anybody can sign in. */
async function createCentre(owner: pg.Client, { words: [key, name, region, admin, email], clock }: Room): Promise<string> {
  const now = clock.now();
  if (key === undefined || name === undefined || region === undefined || admin === undefined || email === undefined)
    throw new UsageError('create-centre KEY "CENTRE NAME" "REGION" "ADMINISTRATOR NAME" ADDRESS');
  if (!/^[a-z0-9-]{2,40}$/.test(key)) throw new UsageError('KEY is 2 to 40 small letters, digits and dashes.');
  await owner.query('begin');
  const known = await owner.query('select from vn.centre where key = $1', [key]);
  if (known.rowCount !== 0) throw new UsageError(`There is a centre ${key} already.`);
  const place = await owner.query<{ id: string }>('select id from vn.region where name = $1', [region]);
  const regionId = place.rows[0]?.id ?? newId(now);
  if (place.rowCount === 0) await owner.query('insert into vn.region (id, name) values ($1, $2)', [regionId, region]);
  const centre = newId(now);
  await owner.query('insert into vn.centre (id, key, region_id, name) values ($1, $2, $3, $4)', [centre, key, regionId, name]);
  await owner.query('insert into vn.person (id, name, email, created_at) values ($1, $2, $3, $4) on conflict (lower(email)) do nothing', [newId(now), admin, email, now]);
  await owner.query(`select set_config('app.centre', $1, true)`, [centre]);
  await owner.query(
    `insert into vn.membership (centre_id, id, person_id, role, during)
     select c.id, gen_random_uuid(), p.id, r, daterange(($3::timestamptz at time zone c.tz)::date, null)
       from vn.centre c, vn.person p, unnest(array['administrator', 'data_protection', 'register']) r where c.id = $1 and lower(p.email) = lower($2)`,
    [centre, email, now],
  );
  await owner.query('commit');
  return `${name} is there. ${admin} administers it: npm run cli -- sign-in-link ${email}`;
}

/** The time of the installation: a demonstration's is another than the machine's. */
async function clockOf(owner: pg.Client): Promise<Clock> {
  const found = await owner.query<{ seconds: string }>('select clock_offset_seconds seconds from vn.instance');
  return movableClock(Number(found.rows[0]?.seconds ?? 0));
}

const commands: Record<string, Command> = {
  'sign-in-link': signInLink,
  'create-centre': createCentre,
  backup,
  'import-companies': (owner, { words, app, clock, config }) => importCompanies(owner, words, app, clock, config),
};

/** A copy of everything, made while the server runs. */
async function backup(_owner: pg.Client, { words: [target], clock, config, admin }: Room): Promise<string> {
  if (target === undefined) throw new UsageError('backup FOLDER');
  const absolute = path.resolve(process.env.INIT_CWD ?? process.cwd(), target);
  const { at } = await backUp(admin, config.folder, absolute, config.mode, () => clock.now());
  return `${absolute} holds everything up to ${at}. Restore it with: VEJNET_DATA=EMPTY_FOLDER npm run cli -- restore ${absolute}`;
}

/** Needs no database: it brings one. */
async function restoreBackup(words: string[], config: Config): Promise<string> {
  const [source] = words;
  if (source === undefined) throw new UsageError('restore FOLDER');
  const { at } = await restore(path.resolve(process.env.INIT_CWD ?? process.cwd(), source), config.folder, config.mode);
  return `${config.folder} holds everything up to ${at}. Start it with npm ${config.mode === 'live' ? 'start' : 'run demo'}.`;
}

/** Runs one command on the database of `npm start`, or of `npm run demo` with --demo in front; joins a running server's database. */
async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const demonstration = words[0] === '--demo';
  const [name, ...rest] = demonstration ? words.slice(1) : words;
  if (name === 'restore') return console.log(await restoreBackup(rest, readConfig(process.env, root, demonstration ? 'demonstration' : 'live')));
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`npm run cli -- [--demo] COMMAND, where COMMAND is one of: ${[...Object.keys(commands), 'restore'].join(', ')}`);
  const config = readConfig(process.env, root, demonstration ? 'demonstration' : 'live');
  const database = await openDatabase(config, 'command');
  try {
    if (database.admin === null) throw new ConfigError('Commands need the owner’s login in DATABASE_ADMIN_URL.');
    const owner = new pg.Client(database.admin);
    await owner.connect();
    try {
      console.log(await command(owner, { words: rest, clock: await clockOf(owner), config, app: database.app, admin: database.admin }));
    } finally {
      await owner.end();
    }
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError || error instanceof ConfigError || error instanceof BackupError ? error.message : error);
  process.exit(1);
});
