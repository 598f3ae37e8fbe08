import type { MovableClock } from '../../src/platform/clock.ts';

export interface TestClock extends MovableClock {
  set(instant: string): void;
  advance(by: { days?: number; hours?: number; minutes?: number }): void;
}

/** Stands still until a test moves it. */
export function testClock(start: string): TestClock {
  const machine = new Date(start).getTime();
  let at = machine;
  return {
    now: () => new Date(at),
    offsetTo: (instant) => Math.ceil((instant.getTime() - machine) / 1000),
    move(offset) {
      at = machine + offset * 1000;
    },
    set(instant) {
      at = new Date(instant).getTime();
    },
    advance({ days = 0, hours = 0, minutes = 0 }) {
      at += ((days * 24 + hours) * 60 + minutes) * 60_000;
    },
  };
}
