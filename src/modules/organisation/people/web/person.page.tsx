import { Button, Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { ProfilePanel } from '../../profiles/web/public.tsx';
import { endRole, endSessionsOf, giveRole, letLeave, listPeople, type Person, readPerson } from '../contract.ts';
import { peopleWords } from '../words.ts';
import { inOrder, type Membership, MembershipLine } from './memberships.tsx';
import { RoleFields, rolePlace, useGiving } from './role-fields.tsx';

export function PersonPage() {
  const w = useWords(peopleWords);
  const { person } = useParams({ strict: false }) as { person: string };
  const asked = useRead(readPerson, { params: { person } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} person={found} />}
    </FetchedPage>
  );
}

function Sheet({ person }: { person: Person }) {
  const w = useWords(peopleWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const [giving, setGiving] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [signingOut, setSigningOut] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const changed = async (said: string) => {
    await refresh(queries, readPerson, listPeople);
    setDone(said);
    focusTitle();
  };
  const consultant = person.memberships.some(({ role, state }) => role === 'consultant' && state === 'now');
  return (
    <Page
      title={person.name}
      lead={[person.email, person.phone, w.languages[person.language]].filter(Boolean).join(' · ')}
      done={done}
      path={<PathLink to="/people">{w.title}</PathLink>}
      action={
        <>
          {may('data_protection', 'administrator') && (
            <Button component={Link} to="/log" search={{ subject: person.id } as never}>
              {w.seeLog}
            </Button>
          )}
          {person.can.endSessions && <Button onClick={() => setSigningOut(true)}>{w.signOut}</Button>}
          {person.can.leave && <Button onClick={() => setLeaving(true)}>{w.leave}</Button>}
          {may('administrator', 'coordinator', 'manager') && !giving && (
            <Button variant="filled" onClick={() => setGiving(true)}>
              {w.give}
            </Button>
          )}
        </>
      }
    >
      <Columns aside={consultant && may('consultant', 'manager', 'coordinator') ? <ProfilePanel person={person.id} /> : null}>
        {giving && (
          <Stack gap="md">
            <Title order={2}>{w.giveTitle(person.name)}</Title>
            <GiveRole
              person={person}
              onClose={() => {
                setGiving(false);
                focusTitle();
              }}
              onGiven={async () => {
                setGiving(false);
                await changed(w.given);
              }}
            />
          </Stack>
        )}
        <Stack gap="md">
          <Title order={2}>{w.roles}</Title>
          {person.memberships.length === 0 ? (
            <Empty title={w.noRoles} />
          ) : (
            <Ruled>
              {inOrder(person.memberships).map((membership) => (
                <Role key={membership.id} person={person} membership={membership} onEnded={() => changed(w.endedNow)} />
              ))}
            </Ruled>
          )}
        </Stack>
      </Columns>
      <ConfirmDialog
        opened={signingOut}
        onClose={() => setSigningOut(false)}
        title={w.signOutTitle(person.name)}
        text={w.signOutText}
        yes={w.signOutYes}
        run={() => call(endSessionsOf, { params: { person: person.id } })}
        onDone={() => changed(w.signedOut(person.name))}
      />
      <ConfirmDialog
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={w.leaveTitle(person.name)}
        text={w.leaveText}
        yes={w.leaveYes}
        run={() => call(letLeave, { params: { person: person.id } })}
        onDone={() => changed(w.left(person.name))}
      />
    </Page>
  );
}

function GiveRole({ person, onGiven, onClose }: { person: Person; onGiven(): Promise<void>; onClose(): void }) {
  const w = useWords(peopleWords);
  const shared = useWords(uiWords);
  const { initial } = useGiving();
  const on = useServerForm({
    initial,
    sentences: { from_format: shared.dayUnread, to_format: shared.dayUnread },
    async send(values, key) {
      await call(giveRole, { params: { person: person.id }, body: rolePlace(values) }, { key });
      await onGiven();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notGiven} save={w.giveSave} onCancel={onClose} opened>
      <RoleFields on={on} />
    </FormBody>
  );
}

function Role({ person, membership, onEnded }: { person: Person; membership: Membership; onEnded(): Promise<void> }) {
  const w = useWords(peopleWords);
  const [ending, setEnding] = useState(false);
  return (
    <Rule
      action={
        membership.can.end &&
        !ending && (
          <Button size="xs" onClick={() => setEnding(true)} aria-label={w.endThis(w.roleNames[membership.role])}>
            {w.end}
          </Button>
        )
      }
    >
      <MembershipLine membership={membership} />
      {ending && <EndRole person={person} membership={membership} onEnded={onEnded} onClose={() => setEnding(false)} />}
    </Rule>
  );
}

function EndRole({ person, membership, onEnded, onClose }: { person: Person; membership: Membership; onEnded(): Promise<void>; onClose(): void }) {
  const w = useWords(peopleWords);
  const shared = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { lastDay: membership.from > today ? membership.from : today },
    sentences: { lastDay_format: shared.dayUnread },
    async send(body, key) {
      await call(endRole, { params: { person: person.id, membership: membership.id }, body }, { key });
      onClose();
      await onEnded();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notEnded} save={w.end} onCancel={onClose} quiet opened>
      <DayInput {...on.field('lastDay')} label={w.lastDay} description={w.endHelp} />
    </FormBody>
  );
}
