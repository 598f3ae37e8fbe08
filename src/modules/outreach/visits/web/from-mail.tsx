import { IconMail } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { IntakeMail } from '../../intake/web/public.tsx';
import type { Kept } from '../model.ts';
import { phoneWords } from '../words.ts';

/** A draft that was made of a mail says so; the mail itself and what it may mean stand here too. */
export function FromMail({ draft, onChoose }: { draft: Pick<Kept, 'id' | 'source'>; onChoose: ComponentProps<typeof IntakeMail>['onChoose'] }) {
  const w = useWords(phoneWords);
  if (draft.source !== 'mail') return null;
  return (
    <section className="note" aria-labelledby={`mail-${draft.id}`}>
      <h2 id={`mail-${draft.id}`}>
        <IconMail size={20} stroke={1.75} aria-hidden="true" /> {w.mailTitle}
      </h2>
      <p>{w.mailText}</p>
      <IntakeMail draft={draft.id} onChoose={onChoose} />
    </section>
  );
}
