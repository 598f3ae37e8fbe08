import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listHearings } from '../contract.ts';
import { hearingWords } from '../words.ts';

/** On the first page of those who answer for a school: the hearings that wait for it. `otherwise` when there is none. */
export default function HearingsToday({ otherwise }: { otherwise: React.ReactNode }) {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(listHearings, {});
  const open = (asked.data ?? []).filter(({ can }) => can.answer);
  if (asked.isPending) return null;
  if (open.length === 0) return otherwise;
  return (
    <Stack gap="sm" component="section" aria-labelledby="hearings-today" maw={720}>
      <Title order={2} id="hearings-today">
        {w.today}
      </Title>
      <Ruled>
        {open.map(({ campaign, name, deadline, companies }) => (
          <Rule
            key={campaign}
            action={
              <Button component={Link} to={`/hearings/${campaign}`} aria-label={`${w.seeHearing}: ${name}`}>
                {w.seeHearing}
              </Button>
            }
          >
            <Text>{w.endsOn(name, dayAndTime(language, zone, deadline))}</Text>
            <Text size="sm" c="dimmed">
              {w.notSeen(companies.unseen)}.
            </Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
