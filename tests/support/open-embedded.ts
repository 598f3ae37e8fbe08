/**
 * A process of its own for the tests of the embedded database: opens the folder, says in one JSON line what it got, and ends at the end of its input
 * ("wait") or at once.
 */
import pg from 'pg';
import { openEmbedded } from '../../src/platform/db/embedded.ts';

const [folder = '', then] = process.argv.slice(2);
const cluster = await openEmbedded(folder);
const claimed = await cluster.claimForServer();
const connection = cluster.connection('postgres', 'admin');
const client = new pg.Client(connection);
await client.connect();
const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid');
await client.end();
console.log(JSON.stringify({ claimed, socket: connection.host, answered: rows.length === 1, uid: process.getuid?.() }));
if (then === 'wait') await new Promise((resolve) => process.stdin.once('end', resolve).resume());
await cluster.close();
