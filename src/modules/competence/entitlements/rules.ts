import { cells } from '../../../kit/disclosure.ts';
import type { TrainingRight, TrainingTotals } from './contract.ts';

type Account = TrainingRight['accounts'][number];

/** What a leader sees of teams: used and left (AC18). */
export function teamsOf(accounts: readonly Account[]): TrainingRight['teams'] {
  return [...Map.groupBy(accounts, ({ team }) => team)].map(([team, of]) => {
    const sum = (one: (account: Account) => number) => of.reduce((all, each) => all + one(each), 0);
    return { team, people: of.filter(({ name }) => name !== null).length, entitled: sum(({ entitled }) => entitled), used: sum(({ used }) => used), left: sum(({ left }) => left) };
  });
}

interface Team {
  team: string;
  people: number;
  /** How many used anything at all. */
  users: number;
  entitled: number;
  used: number;
}
/**
 * What the centre sees of them. Persons are what is counted: a team shows from the threshold of people on, and how much it used only where so many used anything.
 * A team that is too small is not even named. No hidden sum follows from the total (kit/disclosure).
 */
export function totalsOf(teams: readonly Team[], threshold: number): Pick<TrainingTotals, 'teams' | 'total'> {
  const people = cells(
    teams.map((each) => each.people),
    threshold,
  );
  const users = cells(
    teams.map((each) => each.users),
    threshold,
  );
  const sum = (of: (team: Team) => number) => teams.reduce((all, each) => all + of(each), 0);
  const shown = teams.flatMap(({ team, entitled, used }, at) => {
    const count = people.cells[at] ?? null;
    const known = (users.cells[at] ?? null) !== null;
    return count === null ? [] : [{ team, people: count as number, entitled, used: known ? used : null, left: known ? entitled - used : null }];
  });
  const entitled = people.total === null ? null : sum((each) => each.entitled);
  const used = people.total === null || users.total === null ? null : sum((each) => each.used);
  return { teams: shown, total: { people: people.total, entitled, used, left: entitled === null || used === null ? null : entitled - used } };
}
