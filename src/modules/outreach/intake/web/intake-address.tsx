import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { SecretAddress } from '../../../../ui/secret-address.tsx';
import { endIntakeAddress, readIntakeAddress, renewIntakeAddress } from '../contract.ts';
import { intakeWords } from '../words.ts';

/** The own secret address for reports by mail. Where no mail comes in, that is said in words. */
export function IntakeAddress({ person, onDone }: { person: string; onDone(said: string): void }) {
  const w = useWords(intakeWords);
  const queries = useQueryClient();
  const params = { person };
  const asked = useRead(readIntakeAddress, { params });
  if (asked.data === undefined) return null;
  const { open, since } = asked.data;
  return (
    <SecretAddress
      id="intake"
      words={{ ...w, help: open ? w.help : w.closed }}
      since={since}
      open={open}
      renew={async () => (await call(renewIntakeAddress, { params })).address}
      end={() => call(endIntakeAddress, { params })}
      refresh={() => refresh(queries, readIntakeAddress)}
      onEnded={() => onDone(w.ended)}
    />
  );
}
