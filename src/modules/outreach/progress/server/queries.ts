import { sql } from 'kysely';
import { cell, cells } from '../../../../kit/disclosure.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { declines, losses, type readProgress, stations } from '../contract.ts';

type Counts = Record<string, number> & { days: { day: string; companies: number; calls: number; minutes: number }[] };
type Progress = OutputOf<typeof readProgress>;

export async function progress(context: Context, { params }: InputOf<typeof readProgress>): Promise<Progress> {
  const seen = await context.tx.selectFrom('campaign').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', params.campaign).executeTakeFirst();
  if (seen === undefined) throw problem('not_found');
  const found = await sql<{ counts: Counts }>`select vn.campaign_progress(${params.campaign}) counts`.execute(context.tx);
  const counts = found.rows[0]?.counts ?? ({ days: [] } as unknown as Counts);
  const threshold = (await sql<{ threshold: number }>`select small_cell threshold from vn.outreach_settings()`.execute(context.tx)).rows[0]?.threshold ?? 5;
  const of = (key: string) => counts[key] ?? 0;
  const exact = context.actor.roles.includes('coordinator');
  if (exact) {
    return {
      stations: stations.map((station) => ({ station, companies: of(station) })),
      lost: Object.entries(losses).flatMap(([before, whys]) => whys.map((why) => ({ before: before as Progress['lost'][number]['before'], why, companies: of(why) }))),
      declines: declines.map((reason) => ({ reason, companies: of(reason) })),
      days: counts.days,
      exact,
      threshold,
    };
  }
  // What one station has more than the next is lost between them: the steps are the cells, so that no two stations give a hidden one away.
  const steps = stations.map((station, at) => of(station) - of(stations[at + 1] ?? ''));
  const hidden = cells(steps, threshold);
  let known = true;
  const shown = stations.map((station, at) => {
    // A station is the sum of the steps from it on; shown only while every step before it is shown.
    const value = known ? cell(of(station), threshold) : null;
    if (hidden.cells[at] === null && steps[at] !== 0) known = false;
    return { station, companies: value };
  });
  const together = (whys: readonly string[]) => cells(whys.map(of), threshold).cells;
  const lost: Progress['lost'] = [];
  for (const [before, whys] of Object.entries(losses)) {
    const one =
      before === 'free' ? [{ why: 'unavailable' as const, companies: cell(of('struck') + of('unavailable'), threshold) }] : whys.map((why, at) => ({ why, companies: together(whys)[at] ?? null }));
    // Beside a hidden station its losses would add up to it.
    const open = shown.find(({ station }) => station === before)?.companies !== null;
    lost.push(...one.map((each) => ({ before: before as Progress['lost'][number]['before'], why: each.why, companies: open ? each.companies : null })));
  }
  const reasons = cells(
    declines.map((reason) => of(reason)),
    threshold,
  ).cells;
  return {
    stations: shown,
    lost,
    declines: declines.map((reason, at) => ({ reason, companies: reasons[at] ?? null })),
    days: counts.days.filter(({ companies }) => cell(companies, threshold) !== null),
    exact,
    threshold,
  };
}
