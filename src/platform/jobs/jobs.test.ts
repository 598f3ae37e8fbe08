import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../tests/support/app.ts';
import { makeCentre, type TestPerson } from '../../../tests/support/factory.ts';
import { connectionTo } from '../../../tests/support/scratch.ts';
import { connect } from '../db/connect.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../db/transaction.ts';
import { sendMail, writeMail } from '../mail/mail.ts';
import type { Mail } from '../mail/mailer.ts';
import { type JobKind, openJobs } from './jobs.ts';

const app = await testApp();
const ran: string[] = [];
const gaveUp: string[] = [];
let failing = false;
const note: JobKind<{ what: string }> = {
  name: 'test.note',
  retries: 2,
  async run(_tools, { what }) {
    ran.push(what);
    if (failing) throw new Error(`could not: ${what}`);
  },
  async gaveUp(_tools, { what }) {
    gaveUp.push(what);
  },
};

const delivered: Mail[] = [];
const mailer = {
  async send(mail: Mail) {
    if (failing) throw new Error('the mail server is away');
    delivered.push(mail);
  },
};
const faults: string[] = [];
const kinds = [note, sendMail] as unknown as readonly JobKind[];
const { db, pool } = connect(connectionTo(app.database, 'app'));
const jobs = await openJobs(
  connectionTo(app.database, 'app'),
  { db, pool, clock: app.clock, mailer, files: app.files, url: new URL('http://localhost:3000'), keyedHash: () => Buffer.alloc(32), outside: app.room.outside, intake: null },
  kinds,
  (error, job) => faults.push(`${job}: ${(error as Error).message}`),
);
afterAll(async () => {
  await jobs.stop();
  await db.destroy();
});
beforeEach(() => {
  failing = false;
  for (const list of [ran, gaveUp, delivered, faults]) list.splice(0);
});

const actorOf = (person: TestPerson): Actor => ({
  ...visitor,
  audience: person.roles.includes('agent') ? 'agent' : 'staff',
  personId: person.id,
  centreId: person.centreId,
  schoolId: person.schoolId,
  roles: person.roles,
});
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(app.db, actor, app.clock.now(), false, work);
const whoAmI = async (tx: Tx) => (await sql<{ role: string }>`select current_user "role"`.execute(tx)).rows[0]?.role;
/** A failed job waits before it is tried again; here it need not. */
const waitNoMore = () => app.owner.query(`update pgboss.job set start_after = now() where state = 'retry'`);

describe('a job', () => {
  test('is enqueued with the transaction of what it is about: rolled back, there is none', async () => {
    const { anna } = await makeCentre(app);
    const undone = as(actorOf(anna), async (tx) => {
      await jobs.enqueue(tx, actorOf(anna), note, { what: 'undone' });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await jobs.drain();
    expect(ran).toEqual([]);
  });

  test('does not run before COMMIT, and once after it', async () => {
    const { anna } = await makeCentre(app);
    await as(actorOf(anna), async (tx) => {
      await jobs.enqueue(tx, actorOf(anna), note, { what: 'done' });
      await jobs.drain();
      expect(ran).toEqual([]);
    });
    await jobs.drain();
    await jobs.drain();
    expect(ran).toEqual(['done']);
  });

  test.each(['staff', 'agent', 'visitor'] as const)('enqueued by %s leaves the rest of the transaction as it was', async (audience) => {
    const { anna, bo } = await makeCentre(app);
    const actor = audience === 'visitor' ? visitor : actorOf(audience === 'agent' ? bo : anna);
    await as(actor, async (tx) => {
      await jobs.enqueue(tx, actor, note, { what: audience });
      expect(await whoAmI(tx)).toBe(`vn_${audience}`);
      await expect(sql`select from pgboss.job`.execute(tx), 'the queue is not for handlers').rejects.toMatchObject({ code: '42501' });
    }).catch((error: Error) => expect(error.message).toMatch(/had failed before COMMIT/));
    await as(actor, async (tx) => {
      await jobs.enqueue(tx, actor, note, { what: `${audience} again` });
      if (audience === 'staff') expect((await tx.selectFrom('school').select('id').execute()).length, 'rows of the own centre only').toBe(3);
    });
    await jobs.drain();
    expect(ran).toEqual([`${audience} again`]);
  });

  test('that fails is tried again, as often as its kind says, and then given up', async () => {
    const { anna } = await makeCentre(app);
    failing = true;
    await as(actorOf(anna), (tx) => jobs.enqueue(tx, actorOf(anna), note, { what: 'hard' }));
    for (const tries of [1, 2, 3]) {
      expect(gaveUp).toEqual([]);
      await waitNoMore();
      await jobs.drain();
      expect(ran).toHaveLength(tries);
    }
    expect(gaveUp).toEqual(['hard']);
    expect(faults).toEqual(Array(3).fill('test.note: could not: hard'));
    await waitNoMore();
    await jobs.drain();
    expect(ran).toHaveLength(3);
  });

  test('that failed waits a while before the next try', async () => {
    const { anna } = await makeCentre(app);
    failing = true;
    await as(actorOf(anna), (tx) => jobs.enqueue(tx, actorOf(anna), note, { what: 'later' }));
    await jobs.drain();
    await jobs.drain();
    expect(ran).toEqual(['later']);
    failing = false;
    await waitNoMore();
    await jobs.drain();
    expect([ran, gaveUp]).toEqual([['later', 'later'], []]);
  });

  test('that fails holds nobody up', async () => {
    const { anna } = await makeCentre(app);
    failing = true;
    await as(actorOf(anna), (tx) => jobs.enqueue(tx, actorOf(anna), note, { what: 'hard' }));
    await jobs.drain();
    failing = false;
    await as(actorOf(anna), (tx) => jobs.enqueue(tx, actorOf(anna), note, { what: 'easy' }));
    await jobs.drain();
    expect(ran).toEqual(['hard', 'easy']);
    await waitNoMore();
    await jobs.drain();
  });

  test('two who work at once take each job once', async () => {
    const { anna } = await makeCentre(app);
    const all = Array.from({ length: 40 }, (_, index) => String(index));
    await as(actorOf(anna), async (tx) => {
      for (const what of all) await jobs.enqueue(tx, actorOf(anna), note, { what });
    });
    await Promise.all([jobs.drain(), jobs.drain()]);
    expect(ran.toSorted()).toEqual(all.toSorted());
  });
});

describe('a mail', () => {
  const mail = { to: 'anna@skole.example', subject: 'Emne', text: 'Hej' };
  const stateOf = async (id: string) => (await app.owner.query('select state, sent_at, centre_id from vn.mail where id = $1', [id])).rows[0];
  async function post(person: TestPerson, over: Partial<Mail> = {}): Promise<string> {
    const id = randomUUID();
    await as(actorOf(person), async (tx) => {
      await writeMail(tx, id, { ...mail, ...over });
      await jobs.enqueue(tx, actorOf(person), sendMail, { mail: id });
    });
    return id;
  }

  test('waits, leaves once, and is marked sent with the time', async () => {
    const { anna } = await makeCentre(app);
    const id = await post(anna, { calendar: 'BEGIN:VCALENDAR' });
    expect(await stateOf(id)).toEqual({ state: 'waiting', sent_at: null, centre_id: anna.centreId });
    await jobs.drain();
    expect(delivered).toEqual([{ ...mail, calendar: 'BEGIN:VCALENDAR' }]);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', sent_at: app.clock.now() });
  });

  test('whose job runs a second time does not leave a second time', async () => {
    const { anna } = await makeCentre(app);
    const id = await post(anna);
    await jobs.drain();
    await as(actorOf(anna), (tx) => jobs.enqueue(tx, actorOf(anna), sendMail, { mail: id }));
    await jobs.drain();
    expect(delivered).toHaveLength(1);
  });

  test('that the mail server refuses nine times is marked failed, and its words are in no fault', async () => {
    const { anna } = await makeCentre(app);
    failing = true;
    const id = await post(anna);
    for (let tries = 1; tries <= 1 + sendMail.retries; tries++) {
      expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
      await waitNoMore();
      await jobs.drain();
    }
    expect(await stateOf(id)).toMatchObject({ state: 'failed', sent_at: null });
    expect(faults).toEqual(Array(1 + sendMail.retries).fill('mail.send: the mail server is away'));
  });

  test('leaves when the mail server is back', async () => {
    const { anna } = await makeCentre(app);
    failing = true;
    const id = await post(anna);
    await jobs.drain();
    failing = false;
    await waitNoMore();
    await jobs.drain();
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
  });

  test('42501: is read by nobody but the job that sends it, and its address by nobody who enqueued it', async () => {
    const { anna } = await makeCentre(app);
    await post(anna);
    for (const actor of [actorOf(anna), visitor]) await expect(as(actor, (tx) => sql`select * from vn.mail`.execute(tx))).rejects.toMatchObject({ code: '42501' });
    const jobRow = await app.owner.query(`select data from pgboss.job where name = 'mail.send'`);
    for (const { data } of jobRow.rows) expect(Object.keys(data)).toEqual(['mail']);
    await jobs.drain();
  });
});
