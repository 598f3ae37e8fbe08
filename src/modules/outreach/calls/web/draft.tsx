import { useEffect, useState } from 'react';

/** All that a caller writes during one call; it outlives a reload, a lost network and an expired session. */
export interface Draft {
  note: string;
  reason: string;
  callbackDay: string;
  callbackTime: string;
  callbackMine: boolean;
  refuseNumber: boolean;
  objection: boolean;
  person: { name: string; role: string; phone: string; email: string; language: string };
}

const empty: Draft = {
  note: '',
  reason: '',
  callbackDay: '',
  callbackTime: '',
  callbackMine: true,
  refuseNumber: false,
  objection: false,
  person: { name: '', role: 'owner', phone: '', email: '', language: 'da' },
};
const keyOf = (item: string) => `vejnet-call-${item}`;

function kept(item: string): Draft {
  try {
    const text = sessionStorage.getItem(keyOf(item));
    return text === null ? empty : { ...empty, ...(JSON.parse(text) as Partial<Draft>) };
  } catch {
    return empty;
  }
}

export function forgetDraft(item: string): void {
  try {
    sessionStorage.removeItem(keyOf(item));
  } catch {
    // Without storage there is nothing to forget.
  }
}

/** The draft of one item, kept with every letter. */
export function useDraft(item: string) {
  const [draft, setDraft] = useState(() => kept(item));
  useEffect(() => {
    try {
      sessionStorage.setItem(keyOf(item), JSON.stringify(draft));
    } catch {
      // Without storage the draft lasts as long as the page.
    }
  }, [item, draft]);
  return { draft, write: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })) };
}

/** "9.30", "9:30" or "930" as "09:30"; null when it is no time. */
export function readTime(written: string): string | null {
  const match = /^(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(written.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  return match === null || hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The moment of a day and time where the centre is. */
export function momentIn(zone: string, day: string, time: string): string {
  const guess = Date.parse(`${day}T${time}:00Z`);
  const there = Date.parse(`${new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(guess)).replace(' ', 'T')}Z`);
  return new Date(guess - (there - guess)).toISOString();
}
