import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Road } from '../../../../ui/road.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { listProposals, type Proposal, type ProposalState, proposalStates } from '../contract.ts';
import { proposalsWords } from '../words.ts';
import { ProposalForm, StepForm } from './proposal-forms.tsx';

/** Row 4.22: what is missing, and what became of it. */
export function ProposalsPage() {
  const w = useWords(proposalsWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ state: proposalStates, mine: ['true'] });
  const { state } = filters.on;
  const list = useRows(listProposals, { query: { ...(state === undefined ? {} : { state }), mine: filters.on.mine === 'true' ? 'true' : 'false' } });
  const rows = list.data ?? [];
  const { editing, done, close, opener } = useEditing();
  const said = async (text: string) => {
    await refresh(queries, listProposals);
    close(text);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('consultant', 'manager', 'coordinator'), w.add)}>
      {editing && (
        <FormOnTop id="proposal" title={w.addTitle} mb="xl">
          <ProposalForm onDone={() => said(w.saved)} onClose={() => close(null)} />
        </FormOnTop>
      )}
      <ListState
        list={list}
        count={rows.length}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        filters={filters}
        none={w.none}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.state} value={state} all={w.all} choices={proposalStates.map((value) => ({ value, label: w.states[value] }))} onChange={(value) => filters.set('state', value)} />
            <OnFilter label={w.mine} value={filters.on.mine} onChange={(value) => filters.set('mine', value)} />
          </Filters>
        }
      >
        <Stack maw={720}>
          <Ruled>
            {rows.map((each) => (
              <One key={each.id} proposal={each} onDone={said} />
            ))}
          </Ruled>
        </Stack>
      </ListState>
    </Page>
  );
}

const onTheWay = ['suggested', 'in_talks', 'being_made', 'offered'] as const;

function One({ proposal, onDone }: { proposal: Proposal; onDone(said: string): Promise<void> }) {
  const w = useWords(proposalsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const nameOf = useCourseName();
  const [stepping, setStepping] = useState<ProposalState | null>(null);
  const { title, state, steps } = proposal;
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  const reached = (each: ProposalState) => steps.find((step) => step.state === each);
  const paragraph = { whiteSpace: 'pre-line', overflowWrap: 'anywhere' } as const;
  return (
    <Rule>
      <Title order={2}>{title}</Title>
      <Group gap="xs">
        <Badge>{w.kinds[proposal.kind]}</Badge>
        {state === 'declined' && (
          <Badge color="red" leftSection={<IconX size={16} stroke={1.75} />}>
            {w.states.declined}
          </Badge>
        )}
        {proposal.own && <Badge color="fjord">{w.own}</Badge>}
      </Group>
      {state !== 'declined' && (
        <Road
          label={w.road(title)}
          current={state === 'offered' ? onTheWay.length : onTheWay.indexOf(state)}
          steps={onTheWay.map((each) => {
            const step = reached(each);
            return { name: w.states[each], note: step === undefined ? undefined : day(step.at) };
          })}
        />
      )}
      <Text style={paragraph}>{proposal.why}</Text>
      {proposal.needs !== '' && (
        <Text size="sm" style={paragraph}>
          {`${w.needs}: ${proposal.needs}`}
        </Text>
      )}
      {proposal.goal !== '' && (
        <Text size="sm" style={paragraph}>
          {`${w.goal}: ${proposal.goal}`}
        </Text>
      )}
      {proposal.course !== null && <Text fw={500}>{w.became(nameOf(proposal.course))}</Text>}
      <ul aria-label={w.history} style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
        {steps.map((step) => (
          <li key={step.state}>
            <Text size="sm">{step.note === '' ? w.states[step.state] : `${w.states[step.state]}: ${step.note}`}</Text>
            <Text size="sm" c="dimmed">
              {w.by(step.by, day(step.at))}
            </Text>
          </li>
        ))}
      </ul>
      {stepping === null ? (
        proposal.can.step.length > 0 && (
          <Group gap="xs">
            {proposal.can.step.map((each) => (
              <Button key={each} size="xs" variant={each === 'declined' ? 'subtle' : 'default'} aria-label={w.stepToOf(w.stepTo[each], title)} onClick={() => setStepping(each)}>
                {w.stepTo[each]}
              </Button>
            ))}
          </Group>
        )
      ) : (
        <StepForm
          key={stepping}
          proposal={proposal}
          state={stepping}
          onClose={() => setStepping(null)}
          onDone={async () => {
            setStepping(null);
            await onDone(w.stepSaved);
          }}
        />
      )}
    </Rule>
  );
}
