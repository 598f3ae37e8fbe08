import { describe, expect, test } from 'vitest';
import { nextHosts, seriesDays } from './rules.ts';

const never = () => false;

describe('2.27 the days of a series', () => {
  test('2.27 every one, two or four weeks from its first day on, whatever is looked at from where', () => {
    const series = { every: 2, weekday: 4, from: '2026-11-03' };
    expect(seriesDays(series, '2026-11-01', '2026-12-31', never)).toEqual(['2026-11-05', '2026-11-19', '2026-12-03', '2026-12-17', '2026-12-31']);
    expect(seriesDays(series, '2026-11-20', '2026-12-20', never)).toEqual(['2026-12-03', '2026-12-17']);
    expect(seriesDays({ ...series, every: 1 }, '2026-11-05', '2026-11-19', never)).toHaveLength(3);
    expect(seriesDays({ ...series, every: 4 }, '2026-11-05', '2026-12-31', never)).toEqual(['2026-11-05', '2026-12-03', '2026-12-31']);
  });

  test('2.27 a public holiday is skipped, and the rhythm stays', () => {
    expect(seriesDays({ every: 2, weekday: 4, from: '2026-12-10' }, '2026-12-10', '2027-01-10', (day) => day === '2026-12-24')).toEqual(['2026-12-10', '2027-01-07']);
  });
});

describe('2.27 who hosts', () => {
  test('2.27 whoever has waited longest; one that never hosted comes first, and each once before anybody twice', () => {
    const days = ['2026-11-19', '2026-12-03', '2026-12-17', '2026-12-31'];
    const hosts = nextHosts(
      days,
      ['a', 'b', 'c'],
      [
        { day: '2026-10-01', school: 'a' },
        { day: '2026-11-05', school: 'b' },
      ],
      'seed',
    );
    expect([...hosts.values()]).toEqual(['c', 'a', 'b', 'c']);
  });

  test('2.27 equals are drawn, the same at every look; without schools the centre hosts', () => {
    const once = nextHosts(['2026-11-19'], ['a', 'b', 'c'], [], 'seed');
    expect(nextHosts(['2026-11-19'], ['c', 'a', 'b'], [], 'seed')).toEqual(once);
    expect(nextHosts(['2026-11-19'], [], [], 'seed').get('2026-11-19')).toBeNull();
  });
});
