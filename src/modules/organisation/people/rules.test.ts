import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../../kit/access.ts';
import { mayGive, placeFits, stateOf } from './rules.ts';

const [own, other] = ['school-a', 'school-b'];
const all = roles.filter((role) => role !== 'ministry');

describe('who may give or end which role', () => {
  const given = (held: Role[], schoolId: string | null, at: string | null) => all.filter((role) => mayGive({ roles: held, schoolId }, role, at));

  test.each<[string, Role[], string | null, string | null, readonly Role[]]>([
    ['an administrator gives every role, anywhere', ['administrator'], null, own, all],
    ['an administrator gives every role, at the centre too', ['administrator'], null, null, all],
    ['a coordinator gives all but the two that watch over the coordinator', ['coordinator'], null, own, ['consultant', 'manager', 'coordinator', 'agent', 'register']],
    ['who is both gives all', ['coordinator', 'administrator'], null, null, all],
    ['a manager gives the own school’s consultants and managers', ['manager'], own, own, ['consultant', 'manager']],
    ['a manager gives nothing at another school', ['manager'], own, other, []],
    ['a manager gives nothing at the centre', ['manager'], own, null, []],
    ['a manager without a school gives nothing at the centre', ['manager'], null, null, []],
    ['a consultant gives nothing', ['consultant'], own, own, []],
    ['whoever keeps the register or the data protection gives nothing', ['register', 'data_protection'], null, null, []],
    ['a call agent gives nothing', ['agent'], null, null, []],
    ['nobody gives nothing', [], null, null, []],
  ])('%s', (_what, held, school, at, expected) => {
    expect(given(held, school, at)).toEqual(expected);
  });
});

describe('where a role is held', () => {
  const places = { centre: [null, null], school: ['s', null], organisation: [null, 'o'], both: ['s', 'o'] } as const;

  test.each<[Role, (keyof typeof places)[]]>([
    ['manager', ['school']],
    ['agent', ['organisation']],
    ['consultant', ['centre', 'school']],
    ['coordinator', ['centre']],
    ['register', ['centre']],
    ['data_protection', ['centre']],
    ['administrator', ['centre']],
  ])('%s: %j', (role, expected) => {
    const fitting = Object.entries(places).filter(([, [school, organisation]]) => placeFits(role, school, organisation));
    expect(fitting.map(([name]) => name)).toEqual(expected);
  });
});

describe('whether a role is held today', () => {
  test.each([
    ['from today on', '2026-11-17', null, 'now'],
    ['today only', '2026-11-17', '2026-11-17', 'now'],
    ['until today, the last day included', '2024-01-01', '2026-11-17', 'now'],
    ['until yesterday', '2024-01-01', '2026-11-16', 'past'],
    ['from tomorrow', '2026-11-18', null, 'ahead'],
    ['from tomorrow to a day', '2026-11-18', '2027-06-30', 'ahead'],
    ['years ago', '2019-01-01', '2019-12-31', 'past'],
  ] as const)('%s', (_what, from, to, expected) => {
    expect(stateOf({ from, to }, '2026-11-17')).toBe(expected);
  });
});
