import type { InputOf } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { addClass as contract } from '../contract.ts';
import { addClass } from './commands.ts';

/** Plans a class as `addClass` does, for other modules; only what differs from an ordinary class is given. @returns its id */
export async function planClass(
  context: Context,
  it: Pick<InputOf<typeof contract>['body'], 'course' | 'school' | 'starts' | 'ends' | 'weekdays' | 'part' | 'minimum' | 'maximum' | 'town' | 'postcode' | 'decidedBy' | 'place' | 'street'> &
    Partial<Pick<InputOf<typeof contract>['body'], 'text' | 'sessions'>>,
): Promise<string> {
  const { id } = await addClass(context, {
    params: undefined,
    query: undefined,
    body: {
      no: null,
      title: '',
      delivery: it.part === 'evening' ? 'evening' : 'whole_days',
      deadline: it.decidedBy,
      guaranteed: false,
      open: true,
      price: null,
      supplement: null,
      supplementFor: '',
      text: '',
      sessions: [],
      split: null,
      ...it,
    },
  });
  return id;
}
export { classById } from './queries.ts';
