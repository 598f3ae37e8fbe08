import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

/** Short term is now and this year, long term is later (row 3.04). */
export const needTerms = ['now', 'this_year', 'later'] as const;
/** An ordinary course or one made for the company (row 2.43); null where nobody can say yet. */
export const needFits = ['shelf', 'tailored'] as const;

/** What a need is about, in one word; what a school teaches is said in the same words (rows 3.02, 3.09). */
export const needFields = ['certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience', 'other'] as const;
export type NeedField = (typeof needFields)[number];

const facts = {
  what: z.string().trim().min(1).max(200),
  term: z.enum(needTerms),
  fit: z.enum(needFits).nullable().default(null),
  /** Null where nobody said. */
  field: z.enum(needFields).nullable().default(null),
  /** How many employees; null where nobody knows. */
  people: z.int().min(1).max(10_000).nullable().default(null),
};
/** A need as it is written. With `id` it is one that stands already and is corrected. */
export const needWritten = z.strictObject({ id: idOf('need').nullable().default(null), ...facts });
/** A need as it stands. */
export const needShown = z.object({ id: idOf('need'), ...facts });
export type NeedWritten = z.output<typeof needWritten>;
export type NeedShown = z.output<typeof needShown>;

export const listNeeds = endpoint({
  name: 'listNeeds',
  method: 'GET',
  path: '/api/companies/{company}/needs',
  summary: 'What a company needs, as it was noted after visits, newest first',
  description: 'Rows 2.43 and 3.04. Open to all schools of the centre, because they pool needs into classes. At most 200.',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: z.array(needShown.extend({ notedAt: instant, source: z.string(), /** Whether `source` is a visit report. */ reported: z.boolean() })),
  example: {
    params: { company: '01990000-0000-7000-8000-000000000101' },
    output: [
      {
        id: '01990000-0000-7000-8000-000000000601',
        what: 'Svejsecertifikat',
        term: 'now',
        fit: 'shelf',
        field: 'certificates',
        people: 5,
        notedAt: '2026-11-17T09:40:00.000Z',
        source: '01990000-0000-7000-8000-000000000611',
        reported: true,
      },
    ],
  },
});
