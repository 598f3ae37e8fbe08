import type { Send } from './advice.ts';
import { demoId } from './ids.ts';

/** Two systems that connect: the call centre's, whose key was made a month ago and soon runs out, and a school's own customer system. `use` asks something with a key. Nobody keeps the keys. */
export async function connectSystems(send: Send, enter: (person: string) => Promise<void>, use: (key: string) => Promise<unknown>, at: (instant: string) => void): Promise<void> {
  const give = async (name: string, writes: boolean, days: number, role: string, place: { schoolId?: string; organisationId?: string }) =>
    (await send('POST', '/api/keys', 'karen', { name, writes, days, machine: { role, schoolId: null, organisationId: null, ...place } })).json<{ key: string }>().key;
  at('2026-10-28T10:20:00+01:00');
  await enter('karen');
  const keys = [
    await give('Ringbros opkaldssystem', true, 30, 'agent', { organisationId: demoId('organisation', 'fjordegnen') }),
    await give('Fjordegnens Erhvervsskoles kundesystem', false, 365, 'consultant', { schoolId: demoId('school', 'a') }),
  ];
  at('2026-11-16T15:50:00+01:00');
  for (const key of keys) await use(key);
}
