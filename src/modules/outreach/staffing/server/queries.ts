import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { ableFor, isAhead, meetingFor } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';

const danish = new Intl.Collator('da');
/** In alphabetical order: nobody is ranked. */
export async function candidates(context: Context, { params }: InputOf<typeof contract.listCandidates>): Promise<OutputOf<typeof contract.listCandidates>> {
  const meeting = await meetingFor(context, contract.listCandidates, params.meeting);
  const schools = await context.tx.selectFrom('school').select(['id', 'name']).where('centre_id', '=', centreOf(context)).execute();
  const names = new Map(schools.map(({ id, name }) => [id, name]));
  if (!isAhead(meeting, context.now)) return [];
  const leads = new Set<string>(meeting.staff.filter(({ learns }) => !learns).map(({ id }) => id));
  return (await ableFor(context, meeting))
    .filter(({ consultant }) => !leads.has(consultant.id))
    .map(({ consultant, ...facts }) => ({
      id: consultant.id as contract.Candidate['id'],
      name: consultant.name,
      school: consultant.school === null ? null : (names.get(consultant.school) ?? null),
      ...facts,
      travelMinutes: consultant.travel,
    }))
    .sort((a, b) => danish.compare(a.name, b.name) || a.id.localeCompare(b.id));
}
