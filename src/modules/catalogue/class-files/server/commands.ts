import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { CourseKind } from '../../courses/contract.ts';
import type { ClassFile } from '../contract.ts';
import * as contract from '../contract.ts';
import { courseInAddress, institutionKey, readCourse } from '../model.ts';
import { applyClassFile as applyJob, readClassFile as readJob, undoClassFile as undoJob } from './jobs.ts';
import { fileById } from './queries.ts';

/** A manager's file is their school's; the coordinator's is for all schools. */
const schoolOf = ({ actor }: Context): string | null => (actor.roles.includes('coordinator') ? null : actor.schoolId);
const payload = (context: Context, file: string) => ({ centre: centreOf(context), person: personOf(context), file, school: schoolOf(context) });

interface Fresh {
  fileName: string;
  complete: boolean;
  course: { kind: CourseKind; code: string } | null;
  address?: string;
  upload?: { file: string; bytes: number };
  defaultSchool?: string | null;
}

async function receive(context: Context, { fileName, complete, course, address, upload, defaultSchool }: Fresh): Promise<ClassFile> {
  const id = context.newId();
  await context.tx
    .insertInto('class_file')
    .values({
      centre_id: centreOf(context),
      id,
      school_id: schoolOf(context),
      address: address ?? null,
      file_name: fileName,
      bytes: upload?.bytes ?? 0,
      file: upload?.file ?? null,
      course_kind: course?.kind ?? null,
      course_code: course?.code ?? null,
      default_school: schoolOf(context) ?? defaultSchool ?? null,
      complete,
      person_id: personOf(context),
      created_at: context.now.toISOString(),
    })
    .execute();
  await context.audit('class_file.received', id, { file: fileName });
  await context.enqueue(readJob, payload(context, id));
  return fileById(context, id);
}

/** The course of a whole file, as its sender wrote it. */
function courseOf(
  endpoint: typeof contract.sendClassFile | typeof contract.fetchClasses | typeof contract.readClassFileAgain,
  { courseCode, courseKind }: { courseCode?: string | undefined; courseKind?: CourseKind | undefined },
) {
  if (courseCode === undefined) return null;
  try {
    return readCourse(courseCode, courseKind ?? null);
  } catch {
    throw refuse(endpoint, 'course_code' as never, { fields: [{ path: 'courseCode', code: 'format' }] });
  }
}

export async function sendClassFile(context: Context, { query }: InputOf<typeof contract.sendClassFile>): Promise<ClassFile> {
  const { upload } = context;
  if (upload === null || upload.bytes === 0) throw refuse(contract.sendClassFile, 'file_empty');
  return receive(context, { fileName: query.fileName, complete: query.complete === 'true', course: courseOf(contract.sendClassFile, query), upload });
}

/** The host says more on a list than a long query does. */
const addressName = (address: string) => (URL.parse(address)?.host ?? address).slice(0, 255);

export async function fetchClasses(context: Context, { body }: InputOf<typeof contract.fetchClasses>): Promise<ClassFile> {
  // Asked as if a password went with it: over https, and no machine of the house.
  if (context.refusal(body.address, true) !== null) throw refuse(contract.fetchClasses, 'address_refused', { fields: [{ path: 'address', code: 'format' }] });
  return receive(context, { fileName: addressName(body.address), complete: body.complete, course: courseOf(contract.fetchClasses, body) ?? courseInAddress(body.address), address: body.address });
}

export async function fetchClassesAgain(context: Context, { params }: InputOf<typeof contract.fetchClassesAgain>): Promise<ClassFile> {
  const { address, complete, course, fileName, defaultSchool } = await fileById(context, params.file);
  if (address === null || context.refusal(address, true) !== null) throw refuse(contract.fetchClassesAgain, 'not_from_address');
  return receive(context, { fileName, complete, course, address, defaultSchool });
}

/** A file that failed while it was being applied has written some of its rows: those are undone, not thrown away. */
const written = sql<boolean>`(state = 'done' or (state = 'failed' and rows_done > 0))`;
const unwritten = sql<boolean>`(state in ('received', 'ready') or (state = 'failed' and rows_done = 0))`;

/** Moves a file on from a state that `from` allows; whoever comes second finds it elsewhere. */
async function advance<E extends Endpoint>(context: Context, endpoint: E, id: string, from: RawBuilder<boolean>, set: Record<string, unknown>): Promise<void> {
  await fileById(context, id);
  const moved = await context.tx.updateTable('class_file').set(set).where('centre_id', '=', centreOf(context)).where('id', '=', id).where(from).returning('id').executeTakeFirst();
  if (moved === undefined) throw refuse(endpoint, 'file_state' as ErrorOf<E>);
}

type Reading = InputOf<typeof contract.readClassFileAgain>['body'];

/** Remembers which school an institution is; what another school has claimed only the coordinator changes. */
async function rememberSchools(context: Context, { schools, defaultSchool }: Reading): Promise<void> {
  const named = [...schools.map(({ school }) => school), ...(defaultSchool === null ? [] : [defaultSchool])];
  if (named.length === 0) return;
  const own = schoolOf(context);
  const known = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', 'in', named).execute();
  if (named.some((id) => !known.some((each) => each.id === id) || (own !== null && id !== own))) throw refuse(contract.readClassFileAgain, 'school_not_found');
  for (const { institution, school } of schools) {
    const key = institutionKey(institution);
    if (key === '') continue;
    const held = await context.tx.selectFrom('institution_school').select('school_id').where('centre_id', '=', centreOf(context)).where('key', '=', key).executeTakeFirst();
    if (own !== null && held !== undefined && held.school_id !== own) throw refuse(contract.readClassFileAgain, 'institution_taken');
    await context.tx
      .insertInto('institution_school')
      .values({ centre_id: centreOf(context), key, name: institution, school_id: school })
      .onConflict((conflict) => conflict.columns(['centre_id', 'key']).doUpdateSet({ school_id: school, name: institution }))
      .execute();
  }
}

export async function readClassFileAgain(context: Context, { params, body }: InputOf<typeof contract.readClassFileAgain>): Promise<ClassFile> {
  const found = await fileById(context, params.file);
  if (body.mapping !== null && !body.mapping.includes('number')) throw refuse(contract.readClassFileAgain, 'mapping_needs_number');
  if (body.asOf !== null && new Date(body.asOf) > context.now) throw refuse(contract.readClassFileAgain, 'as_of_future', { fields: [{ path: 'asOf', code: 'format' }] });
  const course = courseOf(contract.readClassFileAgain, body);
  await rememberSchools(context, body); // before a school is named by the file: one that is not here is refused
  await advance(context, contract.readClassFileAgain, params.file, sql`state = 'ready'`, {
    ...(body.mapping === null ? {} : { mapping: body.mapping.map((field) => field ?? '') }),
    course_kind: course?.kind ?? null,
    course_code: course?.code ?? null,
    default_school: schoolOf(context) ?? body.defaultSchool ?? found.schoolId,
    as_of: body.asOf,
    complete: body.complete,
    state: 'received',
    error: null,
  });
  await context.enqueue(readJob, payload(context, params.file));
  return fileById(context, params.file);
}

export async function applyClassFile(context: Context, { params }: InputOf<typeof contract.applyClassFile>): Promise<ClassFile> {
  await advance(context, contract.applyClassFile, params.file, sql`state = 'ready'`, { state: 'applying', rows_done: 0 });
  await context.audit('class_file.applied', params.file);
  await context.enqueue(applyJob, payload(context, params.file));
  return fileById(context, params.file);
}

export async function cancelClassFile(context: Context, { params }: InputOf<typeof contract.cancelClassFile>): Promise<ClassFile> {
  await advance(context, contract.cancelClassFile, params.file, unwritten, { state: 'cancelled', finished_at: context.now.toISOString() });
  await context.audit('class_file.cancelled', params.file);
  await context.enqueue(readJob, payload(context, params.file)); // throws the file away
  return fileById(context, params.file);
}

export async function undoClassFile(context: Context, { params }: InputOf<typeof contract.undoClassFile>): Promise<ClassFile> {
  await advance(context, contract.undoClassFile, params.file, written, { state: 'undoing', rows_done: 0 });
  await context.audit('class_file.undone', params.file);
  await context.enqueue(undoJob, payload(context, params.file));
  return fileById(context, params.file);
}
