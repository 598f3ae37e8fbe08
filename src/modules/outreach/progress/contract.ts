import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

/** A number, or null for "hidden or zero"; whoever may open the rows below gets exact numbers. */
const figure = z.number().int().nullable();

export const stations = ['listed', 'free', 'called', 'wants', 'booked', 'held'] as const;
/** Where companies were lost, or where they wait, by the station they did not reach. */
export const losses = {
  free: ['struck', 'unavailable'],
  called: ['waiting', 'withdrawn'],
  wants: ['not_now', 'not_interested', 'no_answer', 'call_back', 'undecided'],
  booked: ['no_slot', 'cancelled'],
  held: ['planned', 'no_show'],
} as const;
export const declines = ['time', 'internal', 'no_need', 'other'] as const;
const lost = ['struck', 'unavailable', 'waiting', 'withdrawn', 'not_now', 'not_interested', 'no_answer', 'call_back', 'undecided', 'no_slot', 'cancelled', 'planned', 'no_show'] as const;

const id = '01990000-0000-7000-8000-000000000301';

export const readProgress = endpoint({
  name: 'readProgress',
  method: 'GET',
  path: '/api/campaigns/{campaign}/progress',
  summary: 'How far the companies of a campaign have come, station by station, and why others were lost',
  description:
    'Row 2.36. Each company counts once at every station it reached. `declines` are the reasons companies gave. `days` holds all callers together (row 2.33); no figure is about one of them (row 3.06). For others than the coordinator small cells are hidden, with one more where it could be computed, and what a hearing took is one figure with everything else that is not available.',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ campaign: idOf('campaign') }),
  status: 200,
  output: z.object({
    stations: z.array(z.object({ station: z.enum(stations), companies: figure })),
    lost: z.array(z.object({ before: z.enum(stations), why: z.enum(lost), companies: figure })),
    declines: z.array(z.object({ reason: z.enum(declines), companies: figure })),
    days: z.array(z.object({ day: calendarDay, companies: figure, calls: figure, minutes: figure })),
    /** Whether these are exact numbers. */
    exact: z.boolean(),
    threshold: z.number().int(),
  }),
  example: {
    params: { campaign: id },
    output: {
      stations: [
        { station: 'listed', companies: 412 },
        { station: 'free', companies: 297 },
        { station: 'called', companies: 184 },
        { station: 'wants', companies: 61 },
        { station: 'booked', companies: 49 },
        { station: 'held', companies: 38 },
      ],
      lost: [
        { before: 'free', why: 'struck', companies: 115 },
        { before: 'wants', why: 'not_now', companies: 52 },
      ],
      declines: [{ reason: 'time', companies: 40 }],
      days: [{ day: '2026-11-17', companies: 36, calls: 41, minutes: 214 }],
      exact: true,
      threshold: 5,
    },
  },
});
