/** Why a school strikes a company: what it already has with it. */
export const strikeReasons = ['course', 'agreement', 'internship', 'dialogue', 'other'] as const;
export type StrikeReason = (typeof strikeReasons)[number];

/** With one school or two, "not available and not by us" would name the other; then the coordinator alone sees what a hearing took (decisions, blindness). */
export const resultIsShown = (schoolsHeard: number): boolean => schoolsHeard >= 3;

/**
 * When an unanswered hearing is reminded of: so many days before its deadline, once.
 * @param deadline @param now ISO instants
 */
export const remindNow = (deadline: string, now: Date, days: number): boolean => {
  const end = new Date(deadline).getTime();
  return now.getTime() < end && now.getTime() >= end - days * 86_400_000;
};
