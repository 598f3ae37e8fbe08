/** Hours that the secret before the newest still signs, so that a receiver can change in between. */
export const oldSecretHours = 24;
/** Webhooks of one person in one centre. */
export const webhooksAtMost = 10;
/** How long the list of what was sent is kept. */
export const keptDays = 30;
/** Minutes before the next try, after the first failure, the second and so on; then an event is given up. */
const pauses = [1, 5, 30, 120, 480, 1440] as const;
/** Days without any success after which an address is switched off. */
const patienceDays = 5;

/** When an event is tried again that failed for the `tries`th time; null: given up. */
export function nextTry(tries: number, now: Date): Date | null {
  const minutes = pauses[tries - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

/** Whether an address has failed for so long that nobody is there any more. */
export const failsTooLong = (since: Date, now: Date): boolean => now.getTime() - since.getTime() >= patienceDays * 86_400_000;
