import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { countContactDuties } from '../contract.ts';
import { contactDutiesWords } from '../words.ts';

/** On the first page of whoever watches over data: what the centre owes its contacts and is late with. `children` is told whether it owes any. */
export function LateContactDuties({ children }: { children(waits: boolean): ReactNode }) {
  const w = useWords(contactDutiesWords);
  const asked = useRead(countContactDuties, {});
  if (asked.isPending) return null;
  const { untold, review } = asked.data ?? { untold: 0, review: 0 };
  return (
    <>
      {untold + review > 0 && (
        <Stack gap="sm" component="section" aria-labelledby="late-contacts" maw={720}>
          <Title order={2} id="late-contacts">
            {w.today}
          </Title>
          <Ruled>
            {untold > 0 && (
              <Rule
                action={
                  <Button component={Link} to="/data-protection/contacts">
                    {w.tell}
                  </Button>
                }
              >
                <Text>{w.lateUntold(untold)}</Text>
              </Rule>
            )}
            {review > 0 && (
              <Rule
                action={
                  <Button component={Link} to="/data-protection/contacts?duty=review">
                    {w.look}
                  </Button>
                }
              >
                <Text>{w.lateReview(review)}</Text>
              </Rule>
            )}
          </Ruled>
        </Stack>
      )}
      {children(untold + review > 0)}
    </>
  );
}
