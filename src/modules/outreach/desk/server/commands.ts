import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { recordOutcomeOf, undoUntil } from '../../calls/server/public.ts';
import { book } from '../../meetings/server/public.ts';
import { bookFromCall as contract } from '../contract.ts';
import { heldCompany } from './queries.ts';

/** The outcome first: "wants contact" ends the company's peace, and only then can it be booked; a lost slot rolls both back. */
export async function bookFromCall(context: Context, { params, body }: InputOf<typeof contract>): Promise<OutputOf<typeof contract>> {
  const { company, place } = await heldCompany(context, contract, params.item, body.leaseNo);
  const { note, person } = body;
  const done = await recordOutcomeOf(context, params.item, body.leaseNo, {
    outcome: 'wants_contact',
    reason: null,
    note,
    person,
    callbackAt: null,
    callbackMine: false,
    refuseNumber: false,
    objection: false,
  });
  const recorded = { call: done.call as OutputOf<typeof contract>['recorded']['call'], outcome: 'wants_contact' as const, until: done.until, nextAt: null, undoUntil: undoUntil(context.now) };
  if (!done.first) return { recorded, meeting: null }; // the same again: the meeting was booked, or not, the first time
  const meeting = await book(context, company, {
    choice: body.choice,
    call: done.call,
    handover: { said: note, wishes: body.wishes, place: body.place === '' ? place || '–' : body.place, contact: { ...person, role: person.role } },
  });
  return { recorded, meeting };
}
