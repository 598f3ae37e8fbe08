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
