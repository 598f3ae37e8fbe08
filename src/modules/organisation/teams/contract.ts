import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const facts = {
  name: z.string().trim().min(1).max(100),
  /** The market the team covers, in words. */
  market: z.string().trim().max(200),
  members: z
    .array(z.strictObject({ personId: idOf('person'), task: z.string().trim().max(100) }))
    .max(30)
    .refine((all) => new Set(all.map(({ personId }) => personId)).size === all.length, { params: { code: 'twice' } }),
};

const team = z.object({
  id: idOf('team'),
  name: facts.name,
  market: facts.market,
  members: z.array(z.object({ personId: idOf('person'), name: z.string(), task: z.string() })),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
const exampleBody = { name: 'Team Metal', market: 'Metal og maskiner i Limvig', members: [{ personId: '01990000-0000-7000-8000-000000000001', task: 'Uddannelseskonsulent' }] };
const example = {
  id: '01990000-0000-7000-8000-000000000041',
  name: exampleBody.name,
  market: exampleBody.market,
  members: [{ personId: '01990000-0000-7000-8000-000000000001', name: 'Anna Holm', task: 'Uddannelseskonsulent' }],
  version: 1,
  can: { edit: true },
};

export const listTeams = endpoint({
  name: 'listTeams',
  method: 'GET',
  path: '/api/teams',
  summary: 'The teams of the centre',
  access: ['consultant', 'manager', 'coordinator', 'administrator'],
  status: 200,
  output: z.array(team),
  example: { output: [example] },
});

export const addTeam = endpoint({
  name: 'addTeam',
  method: 'POST',
  path: '/api/teams',
  summary: 'Form a team',
  access: ['coordinator', 'administrator'],
  body: z.strictObject(facts),
  status: 201,
  output: team,
  errors: { team_name_taken: 409, not_of_the_centre: 422 },
  example: { body: exampleBody, output: example },
});

export const writeTeam = endpoint({
  name: 'writeTeam',
  method: 'PUT',
  path: '/api/teams/{team}',
  summary: 'Change a team and its members',
  access: ['coordinator', 'administrator'],
  params: z.strictObject({ team: idOf('team') }),
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: team,
  errors: { team_name_taken: 409, not_of_the_centre: 422 },
  example: { params: { team: example.id }, body: exampleBody, output: example },
});

export const dissolveTeam = endpoint({
  name: 'dissolveTeam',
  method: 'DELETE',
  path: '/api/teams/{team}',
  summary: 'Dissolve a team',
  access: ['coordinator', 'administrator'],
  params: z.strictObject({ team: idOf('team') }),
  status: 204,
  output: z.null(),
  example: { params: { team: example.id } },
});
