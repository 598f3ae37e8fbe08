/** The only reader of the machine's time. Rules get a day or an instant handed to them. */
export interface Clock {
  now(): Date;
}

/** A demonstration's clock: as far from the machine's as its date switch says. */
export interface MovableClock extends Clock {
  /** Whole seconds from the machine's time to `instant`, rounded up. */
  offsetTo(instant: Date): number;
  /** @param offset seconds from the machine's time; negative is the past */
  move(offset: number): void;
}

export const systemClock: Clock = { now: () => new Date() };

/** @param offset seconds from the machine's time to begin with */
export function movableClock(offset: number): MovableClock {
  let moved = offset;
  return {
    now: () => new Date(Date.now() + moved * 1000),
    offsetTo: (instant) => Math.ceil((instant.getTime() - Date.now()) / 1000),
    move(to) {
      moved = to;
    },
  };
}

export const canMove = (clock: Clock): clock is MovableClock => 'move' in clock;
