import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { taughtFields } from '../../catalogue/provision/contract.ts';

const school = { id: '01990000-0000-7000-8000-000000000011', name: 'Fjordegnens Erhvervsskole' };
const other = { id: '01990000-0000-7000-8000-000000000012', name: 'VUC Vesterled' };

export const readOverlap = endpoint({
  name: 'readOverlap',
  method: 'GET',
  path: '/api/overlap',
  summary: 'Where schools offer alike things to alike companies, and where none competes',
  description:
    'Row 3.09. Made of what the schools say they offer and of how many companies the register has, so no figure is about a company or a person. `cells`: industry by municipality of one field, with the schools that offer it there. `pairs`: of the companies that either of two schools has an offer for, over all fields, the part that both have one for.',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({ field: z.enum(taughtFields as [(typeof taughtFields)[number], ...(typeof taughtFields)[number][]]) }),
  status: 200,
  output: z.object({
    schools: z.array(z.object({ id: idOf('school'), name: z.string() })),
    municipalities: z.array(z.string()),
    cells: z.array(z.object({ section: z.enum(sections), municipality: z.string(), companies: z.number().int(), schools: z.array(idOf('school')) })),
    pairs: z.array(z.object({ one: idOf('school'), other: idOf('school'), share: z.number() })),
  }),
  example: {
    query: { field: 'certificates' },
    output: {
      schools: [school, other],
      municipalities: ['0665'],
      cells: [{ section: 'C', municipality: '0665', companies: 41, schools: [school.id] }],
      pairs: [{ one: school.id, other: other.id, share: 0.4 }],
    },
  },
});
