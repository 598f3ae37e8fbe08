import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export const connectionTo = (database: string, as: 'admin' | 'app'): pg.ClientConfig => ({ host: inject('socket'), database, user: as === 'admin' ? 'postgres' : 'vn_app' });

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(connectionTo('postgres', 'admin'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of one's own: a copy of a template, or an empty one. Returns its name. */
export async function scratchDatabase(template: 'live' | 'demonstration' | 'empty'): Promise<string> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${template === 'empty' ? 'template0' : `template_${template}`}`);
  return name;
}

export const dropDatabase = (name: string): Promise<void> => onServer(`drop database if exists ${name} with (force)`);

/** A connected client of a scratch database; the caller ends it. */
export async function clientOf(database: string, as: 'admin' | 'app'): Promise<pg.Client> {
  const client = new pg.Client(connectionTo(database, as));
  client.on('error', () => undefined); // a dropped database takes its connections with it
  await client.connect();
  return client;
}
