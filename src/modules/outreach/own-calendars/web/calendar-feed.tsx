import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { SecretAddress } from '../../../../ui/secret-address.tsx';
import { endCalendarFeed, readCalendars, renewCalendarFeed } from '../contract.ts';
import { ownCalendarsWords } from '../words.ts';

/** The secret address at which a calendar program reads one's meetings. */
export function CalendarFeed({ person, onDone }: { person: string; onDone(said: string): void }) {
  const w = useWords(ownCalendarsWords);
  const queries = useQueryClient();
  const params = { person };
  const asked = useRead(readCalendars, { params });
  if (asked.data === undefined) return null;
  const words = {
    title: w.feed,
    help: w.feedHelp,
    shown: w.feedShown,
    address: w.feedAddress,
    copy: w.copy,
    copied: w.copied,
    on: w.feedOn,
    renewText: w.feedRenewText,
    make: w.feedMake,
    renew: w.feedRenew,
    end: w.feedEnd,
  };
  return (
    <SecretAddress
      id="feed"
      words={words}
      since={asked.data.feed?.since ?? null}
      renew={async () => (await call(renewCalendarFeed, { params })).address}
      end={() => call(endCalendarFeed, { params })}
      refresh={() => refresh(queries, readCalendars)}
      onEnded={() => onDone(w.feedEnded)}
    />
  );
}
