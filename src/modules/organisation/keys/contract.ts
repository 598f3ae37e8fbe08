import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

/** What a machine may be: never an administrator, and nobody who watches over data. */
export const machineRoles = ['consultant', 'manager', 'agent', 'coordinator', 'register'] as const;
/** Days that a key can hold. */
export const keyDays = [30, 90, 180, 365] as const;

const key = z.object({
  id: idOf('key'),
  name: z.string(),
  /** The first characters, so that its owner recognises it. */
  beginning: z.string(),
  /** Null: one's own, with one's own rights. */
  machine: z.object({ role: z.enum(machineRoles) }).nullable(),
  /** School or outside organisation whose it is; null is the centre. */
  place: z.string().nullable(),
  asCoordinator: z.boolean(),
  writes: z.boolean(),
  madeBy: z.string(),
  /** A machine's: whoever made it saw it once, and could not make it today, for the role is over. Time for a new one. */
  makerGone: z.boolean(),
  madeAt: instant,
  expiresAt: instant,
  /** To within five minutes; null: never. */
  usedAt: instant.nullable(),
  endedAt: instant.nullable(),
  state: z.enum(['holds', 'expired', 'ended']),
});
export type Key = z.infer<typeof key>;

const example = {
  id: '01990000-0000-7000-8000-000000000051',
  name: 'Ringbros opkaldssystem',
  beginning: 'vejnet_4f9Kq',
  machine: { role: 'agent' },
  place: 'Ringbro',
  asCoordinator: false,
  writes: true,
  madeBy: 'Karen Lund',
  makerGone: false,
  madeAt: '2026-11-17T08:00:00.000Z',
  expiresAt: '2027-02-15T08:00:00.000Z',
  usedAt: null,
  endedAt: null,
  state: 'holds',
};

export const listKeys = endpoint({
  name: 'listKeys',
  method: 'GET',
  path: '/api/keys',
  summary: 'One’s own keys, and those of machines that one may end',
  description: 'The newest first, ended ones too. Administrators see the machines of the centre, managers those of the own school. Row X.2.',
  access: ['consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator'],
  status: 200,
  output: z.object({
    keys: z.array(key),
    /** Whether one may make keys for machines, and where: managers for the own school only. */
    can: z.object({ machines: z.enum(['none', 'school', 'centre']) }),
  }),
  example: { output: { keys: [example], can: { machines: 'centre' } } },
});

export const makeKey = endpoint({
  name: 'makeKey',
  method: 'POST',
  path: '/api/keys',
  summary: 'Make a key for a script or another system',
  description:
    'Without `machine` it stands for oneself under the hat worn now, with the rights one has on the day it is used. With `machine` it stands for a machine of its own with one role at one place, whose name stands at what it does. The key is answered once and only its hash is kept. It holds for at most a year; 20 keys of one’s own and 200 of machines can hold at once. Requests with it carry `Authorization: Bearer vejnet_…` and are counted: 600 a minute. Row X.2.',
  access: ['consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator'],
  bySession: true,
  answersSecret: true,
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    writes: z.boolean(),
    days: z.union(keyDays.map((days) => z.literal(days))),
    machine: z.strictObject({ role: z.enum(machineRoles), schoolId: idOf('school').nullable(), organisationId: idOf('organisation').nullable() }).nullable(),
  }),
  status: 201,
  output: z.object({ id: idOf('key'), key: z.string(), expiresAt: instant }),
  errors: { key_not_yours_to_give: 403, too_many_keys: 409, place_does_not_fit_key: 422 },
  example: {
    body: { name: 'Ringbros opkaldssystem', writes: true, days: 90, machine: { role: 'agent', schoolId: null, organisationId: '01990000-0000-7000-8000-000000000021' } },
    output: { id: example.id, key: 'vejnet_4f9Kq0123456789012345678901234567890123456', expiresAt: example.expiresAt },
  },
});

export const endKey = endpoint({
  name: 'endKey',
  method: 'DELETE',
  path: '/api/keys/{key}',
  summary: 'End a key at once',
  description: 'Any key that one sees in the list. What was done with it stays, with its name.',
  access: ['consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator'],
  bySession: true,
  params: z.strictObject({ key: idOf('key') }),
  status: 204,
  output: z.null(),
  example: { params: { key: example.id } },
});
