import pg from 'pg';
import { type Config, ConfigError } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import { migrate, missingMigrations, NewerDatabaseError } from './migrate.ts';

export interface OpenDatabase {
  app: pg.ClientConfig;
  /** The owner's connection; null when only the application's login was given. */
  admin: pg.ClientConfig | null;
  close(): Promise<void>;
}

const database = 'vejnet';

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Row policies do not bind an owner's or a superuser's login, so such a login may not serve requests. */
async function refuseMightyLogin(app: pg.ClientConfig): Promise<void> {
  const found = await withClient(app, (client) =>
    client.query<{ mighty: boolean; member: boolean }>(
      `select r.rolsuper or r.rolbypassrls or pg_has_role(r.oid, 'vn_owner', 'member') or pg_has_role(r.oid, 'vn_gate', 'member') as mighty, pg_has_role(r.oid, 'vn_staff', 'member') as member from pg_roles r where r.rolname = current_user`,
    ),
  );
  const row = found.rows[0];
  if (row?.mighty) throw new ConfigError('DATABASE_URL signs in as an owner or superuser. Let it sign in as vn_app, and give the owner in DATABASE_ADMIN_URL (docs/operations.md).');
  if (!row?.member) throw new ConfigError('The login in DATABASE_URL may not act for staff. Let it sign in as vn_app (docs/operations.md).');
}

/** A demonstration runs only on a database that a demonstration made, and a real centre never on one. */
async function refuseOtherKind(app: pg.ClientConfig, mode: Config['mode']): Promise<void> {
  const found = await withClient(app, (client) => client.query<{ kind: string }>('select kind from vn.instance'));
  const kind = found.rows[0]?.kind;
  if (kind === mode) return;
  throw new ConfigError(
    mode === 'demonstration'
      ? 'This database holds a real centre. A demonstration makes its own: choose another folder with VEJNET_DATA.'
      : 'This database was made by a demonstration. Choose another folder with VEJNET_DATA, or run npm run demo.',
  );
}

async function openOwn(config: Config, appUrl: string): Promise<OpenDatabase> {
  const app: pg.ClientConfig = { connectionString: appUrl };
  const admin: pg.ClientConfig | null = config.databaseAdminUrl === null ? null : { connectionString: config.databaseAdminUrl };
  if (admin !== null) {
    const used = await withClient(admin, (client) =>
      client.query<{ used: boolean; ours: boolean }>(`select exists (select from pg_namespace where nspname = 'vn') used, to_regclass('public.vejnet_migration') is not null ours`),
    );
    if (used.rows[0]?.used && !used.rows[0].ours) throw new ConfigError('This database has a schema "vn" that is not Vejnet’s. Use an empty database.');
    await migrate(admin, migrations, config.mode);
  }
  const missing = await missingMigrations(admin ?? app, migrations);
  if (missing.length > 0) throw new ConfigError(`The database lacks ${missing.length} migrations. Give the owner's login in DATABASE_ADMIN_URL once to run them.`);
  await refuseMightyLogin(app);
  await refuseOtherKind(app, config.mode);
  return { app, admin, close: async () => undefined };
}

const migrations = new URL('../../../migrations', import.meta.url).pathname;

/**
 * Opens the database that the environment names, brought up to date: your own where DATABASE_URL is set, else the packaged one in the data folder.
 * @param as a server claims the folder for itself; a command joins whoever runs there
 * @param onLost told when another server took the packaged database's folder after the database had died
 * @throws ConfigError with one sentence that says what to do
 */
export async function openDatabase(config: Config, as: 'server' | 'command', onLost?: (error: Error) => void): Promise<OpenDatabase> {
  try {
    return await openEither(config, as, onLost);
  } catch (error) {
    throw error instanceof NewerDatabaseError ? new ConfigError(error.message) : error;
  }
}

async function openEither(config: Config, as: 'server' | 'command', onLost?: (error: Error) => void): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) return openOwn(config, config.databaseUrl);
  const cluster = await openEmbedded(config.folder, {}, onLost);
  try {
    if (as === 'server' && !(await cluster.claimForServer())) throw new ConfigError(`Another Vejnet server runs on ${config.folder}. Stop it, or choose another folder with VEJNET_DATA.`);
    const admin = cluster.connection(database, 'admin');
    await withClient(cluster.connection('postgres', 'admin'), async (client) => {
      const found = await client.query('select from pg_database where datname = $1', [database]);
      if (found.rowCount === 0) await client.query(`create database ${database}`);
    });
    await migrate(admin, migrations, config.mode);
    const app = cluster.connection(database, 'app');
    await refuseOtherKind(app, config.mode);
    return { app, admin, close: () => cluster.close() };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}
