import { expect, test } from 'vitest';
import { teamsOf, totalsOf } from './rules.ts';

const account = (team: string, used: number, left: number, name: string | null = 'x') => ({
  employee: '01990000-0000-7000-8000-000000000e01' as never,
  name,
  team,
  entitled: used + left,
  carried: 0,
  used,
  left,
});

test('4.18 a leader sees used and left of every team, whoever left counted in its days and not in its people', () => {
  expect(teamsOf([account('Lager', 3.5, 10.5), account('Lager', 2, 12), account('Kontor', 0, 14), account('Lager', 1, 0, null)])).toEqual([
    { team: 'Lager', people: 2, entitled: 29, used: 6.5, left: 22.5 },
    { team: 'Kontor', people: 1, entitled: 14, used: 0, left: 14 },
  ]);
});

test('4.18 the centre sees teams from the threshold on; no team that is smaller, no sum that is one person’s, and none that follows from the total', () => {
  const team = (name: string, people: number, users: number, used: number) => ({ team: name, people, users, entitled: people * 14, used });
  const all = totalsOf([team('Lager', 8, 6, 20), team('Montage', 7, 5, 11)], 5);
  expect(all).toEqual({
    teams: [
      { team: 'Lager', people: 8, entitled: 112, used: 20, left: 92 },
      { team: 'Montage', people: 7, entitled: 98, used: 11, left: 87 },
    ],
    total: { people: 15, entitled: 210, used: 31, left: 179 },
  });
  // One small team beside a large one: the large one is hidden too, or the small one would be the rest.
  const small = totalsOf([team('Lager', 8, 6, 20), team('Kontor', 2, 2, 9)], 5);
  expect(small.teams).toEqual([]);
  expect(small.total).toMatchObject({ people: 10, used: 29 });
  // One person alone has used days: how many is told nowhere.
  const one = totalsOf([team('Lager', 8, 1, 14), team('Montage', 7, 0, 0)], 5);
  expect(one.teams.map(({ used, left }) => [used, left])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(one.total).toMatchObject({ people: 15, used: null, left: null });
  expect(totalsOf([team('Kontor', 4, 4, 9)], 5)).toEqual({ teams: [], total: { people: null, entitled: null, used: null, left: null } });
});

test('4.18 whatever teams there are, a hidden sum of used days is never of fewer than the threshold', () => {
  const sizes = [0, 1, 2, 3, 4, 5, 6, 9];
  for (const a of sizes)
    for (const b of sizes)
      for (const c of sizes) {
        const teams = [a, b, c].map((users, at) => ({ team: `${at}`, people: users + 3, users, entitled: 0, used: users * 2 }));
        const { teams: shown, total } = totalsOf(teams, 5);
        const known = shown.filter(({ used }) => used !== null).map(({ team }) => team);
        for (const team of known) expect(teams[Number(team)]?.users).toBeGreaterThanOrEqual(5);
        const hidden = teams.filter(({ team }) => !known.includes(team)).reduce((sum, { users }) => sum + users, 0);
        if (total.used !== null && hidden > 0) expect(hidden).toBeGreaterThanOrEqual(5);
      }
});
