/** The only reader of the machine's time. Rules get a day or an instant handed to them. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
