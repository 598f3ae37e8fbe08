import { expect } from 'vitest';
import type { ClassFile } from '../../src/modules/catalogue/class-files/contract.ts';
import type { Answer, TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';

export const classFiles = '/api/class-files';

/** A card of the national search, in its own words; a class of Skole A unless said otherwise. */
export const card = (kviknummer: string, more: Record<string, unknown> = {}) => ({
  id: 1,
  kviknummer,
  holdTitle: 'Svejsning, grundkursus',
  subject_code: '40017',
  institution: 'Skole A',
  lokationSted: 'Værksted 3',
  lokationGade: 'Havnevej 4',
  lokationPostNr: '7621',
  startDate: '2027-01-11',
  endDate: '2027-01-15',
  duration: '5 dage',
  tilmeldingsFrist: '2026-12-28',
  undervisningsform: 'Hele dage',
  undervisningstidspunkt: 'Dag',
  minimumParticipants: 8,
  participantCapacity: 16,
  currentParticipantAmount: 4,
  garantiKursus: false,
  aflyst: false,
  aabent: true,
  normpris: 436,
  tillaegspris: null,
  tillaegsprisAarsag: '',
  beskrivelse: 'Vi svejser',
  kontaktNavn: 'Kontoret',
  kontaktTelefon: '00 11 22 33',
  kontaktEmail: 'kursus@skole.example',
  ...more,
});
export const cards = (...all: object[]): string => JSON.stringify({ totalCount: all.length, holdCardDtos: all });

export const upload = (app: TestApp, person: TestPerson | null, content: string | Buffer, query: Record<string, string> = {}): Promise<Answer> =>
  app.request(person).raw({ method: 'POST', url: `${classFiles}?${new URLSearchParams(query)}`, headers: { 'content-type': 'application/octet-stream' }, payload: content });
export const fileNow = async (app: TestApp, person: TestPerson, id: string): Promise<ClassFile> => (await app.request(person).get(`${classFiles}/${id}`)).body;

/** Sends a file and has it read. */
export async function sendClasses(app: TestApp, person: TestPerson, content: string | Buffer, query: Record<string, string> = {}): Promise<ClassFile> {
  const sent = await upload(app, person, content, query);
  expect(sent.status, sent.text).toBe(202);
  await app.jobs.drain();
  return fileNow(app, person, sent.body.id);
}

/** Has a file applied, undone or cancelled, and waits for it. */
export async function moveFile(app: TestApp, person: TestPerson, id: string, how: 'apply' | 'undo' | 'cancel' | 'again'): Promise<ClassFile> {
  const moved = await app.request(person).post(`${classFiles}/${id}/${how}`);
  expect(moved.status, moved.text).toBeLessThan(300);
  await app.jobs.drain();
  return fileNow(app, person, moved.body.id);
}

/** Sends a file, has it read and applied. */
export async function bringClasses(app: TestApp, person: TestPerson, content: string | Buffer, query: Record<string, string> = {}): Promise<ClassFile> {
  const { id } = await sendClasses(app, person, content, query);
  return moveFile(app, person, id, 'apply');
}

/** Has a file understood otherwise and read again. */
export async function readAgain(app: TestApp, person: TestPerson, id: string, body: object): Promise<ClassFile> {
  const answer = await app.request(person).put(`${classFiles}/${id}/reading`, body);
  expect(answer.status, answer.text).toBe(202);
  await app.jobs.drain();
  return fileNow(app, person, id);
}

export const outcome = ({ rows: { read, new: fresh, changed, same, refused } }: ClassFile) => ({ read, new: fresh, changed, same, refused });
export const outcomeOf = (read: number, over: Partial<ReturnType<typeof outcome>> = {}) => ({ read, new: 0, changed: 0, same: 0, refused: 0, ...over });

export const rowsOf = async (app: TestApp, person: TestPerson, id: string, of = ''): Promise<Answer['body'][]> =>
  (await app.request(person).get(`${classFiles}/${id}/rows?limit=200${of === '' ? '' : `&outcome=${of}`}`)).body.items;

/** All classes and courses of a centre as rows, but for their versions. */
export async function catalogue(app: TestApp, centre: string): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of ['class', 'course', 'course_school'])
    all[table] = (await app.owner.query(`select to_jsonb(t) - 'version' "row" from vn.${table} t where centre_id = $1 order by (to_jsonb(t) - 'version')::text`, [centre])).rows.map(({ row }) => row);
  return all;
}
export const classNow = async (app: TestApp, centre: string, no: string) => (await app.owner.query('select to_jsonb(k) k from vn.class k where centre_id = $1 and no = $2', [centre, no])).rows[0]?.k;
