import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listEnquiries } from '../contract.ts';
import { enquiriesWords } from '../words.ts';

/** On a consultant's Today: whoever waits for an answer from oneself. */
export function EnquiriesToday() {
  const w = useWords(enquiriesWords);
  const mine = useRead(listEnquiries, { query: { whose: 'mine' } }).data ?? [];
  if (mine.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="enquiries" maw={720}>
      <Title order={2} id="enquiries">
        {w.today}
      </Title>
      <Ruled>
        {mine.slice(0, 5).map(({ id, companyName, said }) => (
          <Rule key={id}>
            <NameLink to="/enquiries?mine=true">{companyName}</NameLink>
            <Text size="sm" c="var(--vn-ink-2)" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
              {said}
            </Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
