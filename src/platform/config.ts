import path from 'node:path';

/** What answers to invitations are sent to, and what mail comes back to, before the @ of the intake's domain. */
export const intakeNames = { answers: 'svar', returns: 'retur' } as const;

/** How mail comes in: under which address, out of which mailbox, and with which key another server may bring it. */
export interface Intake {
  /** rapport@vejnet.example.dk: everybody's own address has a secret after a plus. */
  address: string;
  /** imaps://user:password@host; null where none is asked. */
  mailbox: URL | null;
  /** Opens POST /api/intake/mails; null closes it. */
  key: string | null;
}

export interface Config {
  mode: 'live' | 'demonstration';
  url: URL;
  host: string;
  port: number;
  /** How many proxies of the operator's own stand in front and write X-Forwarded-For. */
  proxies: number;
  /** Holds the embedded database and what else must survive a restart. */
  folder: string;
  /** Your own PostgreSQL: the application's login, and the owner's for migrations. */
  databaseUrl: string | null;
  databaseAdminUrl: string | null;
  /** Where mail leaves, and from whom; null keeps it in the database. */
  smtpUrl: string | null;
  mailFrom: string;
  /** `host:port` of servers (calendars, class lists, institutions' sign-in) that may be asked although they stand inside, or on another port. */
  insideHosts: string[];
  /** Opens /metrics to readers on other machines; null keeps it to this one. */
  metricsToken: string | null;
  /** From how many milliseconds on a statement of the database is told of. */
  slowMilliseconds: number;
  /** Null where no mail comes in. */
  intake: Intake | null;
  /** CVR’s own index, with user and password; null where it is not asked. */
  cvr: URL | null;
}

export class ConfigError extends Error {}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

function mailboxFrom(address: string): URL {
  const url = URL.parse(address);
  // The address bears a password, so no sentence repeats it.
  if (url === null || !['imap:', 'imaps:'].includes(url.protocol) || url.hostname === '' || url.username === '' || !['', '/'].includes(url.pathname))
    throw new ConfigError('VEJNET_INTAKE_IMAP must be an address such as imaps://user:password@host:993.');
  if (url.protocol === 'imap:' && !loopback.test(url.hostname)) throw new ConfigError('VEJNET_INTAKE_IMAP would send its password over the network unencrypted; write imaps://.');
  return url;
}

function readIntake(env: NodeJS.ProcessEnv): Intake | null {
  const [address, mailbox, key] = [env.VEJNET_INTAKE_ADDRESS, env.VEJNET_INTAKE_IMAP, env.VEJNET_INTAKE_KEY];
  if (address === undefined) {
    if (mailbox !== undefined || key !== undefined) throw new ConfigError('VEJNET_INTAKE_ADDRESS is missing; it says under which address mail comes in.');
    return null;
  }
  if (!/^[a-z0-9._-]{1,20}@[a-z0-9.-]{1,200}$/i.test(address) || Object.values<string>(intakeNames).includes(address.toLowerCase().split('@')[0] ?? ''))
    throw new ConfigError(
      `VEJNET_INTAKE_ADDRESS is ${address}; it must be an address such as rapport@vejnet.example.dk, without a plus and not svar@ or retur@, which answers to invitations go to and what cannot be delivered.`,
    );
  if (mailbox === undefined && key === undefined) throw new ConfigError('VEJNET_INTAKE_ADDRESS needs a way in: VEJNET_INTAKE_IMAP, VEJNET_INTAKE_KEY, or both.');
  if (key !== undefined && key.length < 16) throw new ConfigError('VEJNET_INTAKE_KEY is too short; give it 16 characters or more.');
  return { address: address.toLowerCase(), mailbox: mailbox === undefined ? null : mailboxFrom(mailbox), key: key ?? null };
}

function readCvrAddress(address: string | undefined): URL | null {
  if (address === undefined || address === '') return null;
  const url = URL.parse(address);
  // The address bears a password, so no sentence repeats it.
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username === '' || url.password === '' || url.search !== '' || url.hash !== '')
    throw new ConfigError('VEJNET_CVR_URL must be an address such as http://user:password@distribution.virk.dk/cvr-permanent.');
  return url;
}

/**
 * Reads the environment (docs/operations.md lists every variable).
 * @throws ConfigError with one sentence that says what is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv, root: string, mode: Config['mode']): Config {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigError(`PORT is ${env.PORT}; it must be a number from 0 to 65535.`);
  const address = env.VEJNET_URL ?? `http://localhost:${port}`;
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/')
    throw new ConfigError(`VEJNET_URL is ${address}; it must be an address such as https://vejnet.example.dk without a path.`);
  const proxies = Number(env.VEJNET_PROXIES ?? 0);
  if (!Number.isInteger(proxies) || proxies < 0 || proxies > 5) throw new ConfigError(`VEJNET_PROXIES is ${env.VEJNET_PROXIES}; it must be a number from 0 to 5.`);
  const metricsToken = env.VEJNET_METRICS_TOKEN ?? null;
  if (metricsToken !== null && metricsToken.length < 16) throw new ConfigError('VEJNET_METRICS_TOKEN is too short; give it 16 characters or more.');
  const slowMilliseconds = Number(env.VEJNET_SLOW_MS ?? 500);
  if (!Number.isInteger(slowMilliseconds) || slowMilliseconds < 1) throw new ConfigError(`VEJNET_SLOW_MS is ${env.VEJNET_SLOW_MS}; it must be a whole number of milliseconds, 1 or more.`);
  // The second name is the first one's from before institutions could sign in; both hold.
  const insideHosts = `${env.VEJNET_INSIDE_HOSTS ?? ''},${env.VEJNET_CALENDAR_HOSTS ?? ''}`
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');
  const nonsense = insideHosts.find((each) => !/^([a-z0-9.-]+|\[[0-9a-f:.]+\]):\d{1,5}$/.test(each));
  if (nonsense !== undefined) throw new ConfigError(`VEJNET_INSIDE_HOSTS names ${nonsense}; write host:port, several with commas between.`);
  return {
    mode,
    url,
    host: env.VEJNET_HOST ?? 'localhost',
    port,
    proxies,
    folder: path.resolve(root, env.VEJNET_DATA ?? (mode === 'demonstration' ? 'data/demo' : 'data/live')),
    databaseUrl: env.DATABASE_URL ?? null,
    databaseAdminUrl: env.DATABASE_ADMIN_URL ?? null,
    smtpUrl: mode === 'demonstration' ? null : (env.VEJNET_SMTP_URL ?? null),
    metricsToken,
    slowMilliseconds,
    insideHosts,
    intake: readIntake(env),
    cvr: readCvrAddress(env.VEJNET_CVR_URL),
    mailFrom: env.VEJNET_MAIL_FROM ?? `Vejnet <vejnet@${url.hostname}>`,
  };
}
