import type { Clock } from '../../src/platform/clock.ts';

export interface TestClock extends Clock {
  set(instant: string): void;
  advance(by: { days?: number; hours?: number; minutes?: number }): void;
}

/** Stands still until a test moves it. */
export function testClock(start: string): TestClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    set(instant) {
      at = new Date(instant).getTime();
    },
    advance({ days = 0, hours = 0, minutes = 0 }) {
      at += ((days * 24 + hours) * 60 + minutes) * 60_000;
    },
  };
}
