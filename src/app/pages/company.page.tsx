import { Button } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { CompanyPage } from '../../modules/companies/register/web/public.tsx';
import { useActing } from '../../ui/acting.tsx';
import { useWords } from '../../ui/language.tsx';
import { shellWords } from '../words.ts';

/** A company with what the modules above the register offer to do with it. */
export function JoinedCompanyPage() {
  const w = useWords(shellWords);
  const { may } = useActing();
  const { company } = useParams({ strict: false }) as { company: string };
  return (
    <CompanyPage
      also={
        may('consultant', 'coordinator') ? (
          <Button component={Link} to={`/companies/${company}/book`} leftSection={<IconCalendarEvent size={20} stroke={1.75} />}>
            {w.bookMeeting}
          </Button>
        ) : undefined
      }
    />
  );
}
