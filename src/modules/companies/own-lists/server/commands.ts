import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { OwnList } from '../contract.ts';
import { sendOwnList as contract } from '../contract.ts';
import { readOwnFile } from './jobs.ts';
import { newestList, shaped } from './queries.ts';

export async function sendOwnList(context: Context, { query }: InputOf<typeof contract>): Promise<OwnList> {
  const { upload } = context;
  const { schoolId } = context.actor;
  if (upload === null || upload.bytes === 0) throw refuse(contract, 'file_empty');
  if (schoolId === null) throw refuse(contract, 'no_school');
  const list = context.newId();
  await context.tx
    .insertInto('own_list')
    .values({
      centre_id: centreOf(context),
      school_id: schoolId,
      id: list,
      file_name: query.fileName,
      bytes: upload.bytes,
      file: upload.file,
      person_id: personOf(context),
      created_at: context.now.toISOString(),
    })
    .execute();
  await context.audit('own_list.sent', schoolId);
  await context.enqueue(readOwnFile, { centre: centreOf(context), school: schoolId, person: personOf(context), list });
  const row = await newestList(context);
  if (row === undefined) throw new Error('a list that was just sent is there');
  return shaped(row);
}

export async function forgetOwnList(context: Context): Promise<null> {
  const { schoolId } = context.actor;
  if (schoolId === null) return null;
  await context.tx.deleteFrom('own_list').where('centre_id', '=', centreOf(context)).where('school_id', '=', schoolId).where('state', 'in', ['done', 'failed']).execute();
  await context.audit('own_list.forgotten', schoolId);
  return null;
}
