import { Box, Button, Group, Text, Title } from '@mantine/core';
import { IconEye, IconPhone } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { dial, phoneNumber } from '../../../../ui/figures.ts';
import { useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { ContactsPanel } from '../../contacts/web/public.tsx';
import { FetchCompany } from '../../cvr-source/web/public.tsx';
import { TimelinePanel } from '../../timeline/web/public.tsx';
import { readCompany } from '../contract.ts';
import { registerWords } from '../words.ts';
import { CallNotice, type CompanySheet } from './call-notice.tsx';
import classes from './company.module.css';
import { CompanyFacts, Past, Sentence, Units } from './company-facts.tsx';
import { CompanyStatus, isSpecial } from './company-status.tsx';

interface Parts {
  /** What is agreed and comes next; says `otherwise` where nothing is. */
  Next?: ComponentType<{ company: string; otherwise: ReactNode }>;
  /** What other modules know of the company, above its story. */
  Story?: ComponentType<{ company: string }>;
  /** And beside it, above its people. */
  Beside?: ComponentType<{ company: string }>;
}

export function CompanyPage(parts: Parts) {
  const w = useWords(registerWords);
  const { company } = useParams({ strict: false }) as { company: string };
  const asked = useRead(readCompany, { params: { company } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} company={found} {...parts} />}
    </FetchedPage>
  );
}

function Sheet({ company, Next, Story, Beside }: { company: CompanySheet } & Parts) {
  const w = useWords(registerWords);
  const [done, setDone] = useState<string | null>(null);
  const { may } = company.call;
  const { may: held } = useActing();
  const ring = (
    <>
      {held('consultant', 'coordinator') && (
        <Button component={Link} to={`/companies/${company.id}/call`}>
          {w.recordCall}
        </Button>
      )}
      {may && held('consultant', 'coordinator') && (
        <Button component={Link} to={`/companies/${company.id}/book`}>
          {w.bookMeeting}
        </Button>
      )}
      {may && company.phone !== null && (
        <Button variant="filled" component="a" href={dial(company.phone)} leftSection={<IconPhone size={20} stroke={1.75} />}>
          {w.ring(phoneNumber(company.phone))}
        </Button>
      )}
    </>
  );
  const nothing = (
    <>
      <Text fz="lg" fw={600}>
        {w.nothingAgreed}
      </Text>
      <Text size="sm" c="var(--vn-ink-2)">
        {may ? w.nothingAgreedCall : w.nothingAgreedStopped}
      </Text>
    </>
  );
  return (
    <Page title={company.name} lead={<Sentence company={company} />} done={done} path={<PathLink to="/companies">{w.title}</PathLink>} action={ring}>
      <Columns
        aside={
          <>
            {Beside !== undefined && <Beside company={company.id} />}
            <ContactsPanel company={company.id} mayCall={may} />
            <CompanyFacts company={company} />
            <FetchCompany number={company.cvr} />
            <Units company={company} />
            <Past company={company} />
            <Group gap="xs" wrap="nowrap" align="flex-start" c="dimmed">
              <IconEye size={20} stroke={1.75} style={{ flex: 'none' }} aria-hidden="true" />
              <Text size="sm">{w.whoSees}</Text>
            </Group>
          </>
        }
      >
        {isSpecial(company) && <CompanyStatus company={company} />}
        <CallNotice
          company={company}
          onDone={(said) => {
            setDone(said);
            focusTitle();
          }}
        />
        <Box component="section" className={classes.next} aria-labelledby="next-step">
          <Title order={2} id="next-step" fz="sm" fw={400} c="dimmed">
            {w.nextStep}
          </Title>
          {Next === undefined ? nothing : <Next company={company.id} otherwise={nothing} />}
        </Box>
        {Story !== undefined && <Story company={company.id} />}
        <TimelinePanel company={company.id} />
      </Columns>
    </Page>
  );
}
