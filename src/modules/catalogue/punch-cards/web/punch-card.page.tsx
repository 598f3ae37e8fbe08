import { Alert, Anchor, Badge, Button, Group, NativeSelect, NumberInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { v4 } from 'uuid';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { kroner, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { answerPunchCard, type PunchCardPage as Card, drawPunchCard, giveBackUnits, listPunchCards, moveUnits, type PunchEntry, readPunchCard, readSettlements } from '../contract.ts';
import { punchCardsWords } from '../words.ts';
import { stateColours } from './punch-cards.page.tsx';

export function PunchCardPage() {
  const w = useWords(punchCardsWords);
  const { punchCard } = useParams({ strict: false }) as { punchCard: Card['id'] };
  const asked = useRead(readPunchCard, { params: { punchCard } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(card) => <Sheet card={card} />}
    </FetchedPage>
  );
}

type Open = 'use' | { what: 'back' | 'move'; entry: PunchEntry };

function Sheet({ card }: { card: Card }) {
  const w = useWords(punchCardsWords);
  const { language } = useLanguage();
  const { schoolId } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const close = (said: string | null) => {
    setOpen(null);
    setError(null);
    setDone(said);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readPunchCard, listPunchCards, readSettlements);
    close(text);
  };
  const answer = (agreed: boolean) => call(answerPunchCard, { params: { punchCard: card.id }, body: { agreed } }).then(() => said(agreed ? w.agreed : w.declined), setError);
  const day = (of: string) => shortDay(language, of);
  const own = card.honouring.find(({ school }) => school.id === schoolId);
  const title = open === null ? '' : open === 'use' ? w.useTitle : open.what === 'back' ? w.giveBackOf(open.entry.about) : w.moveOf(open.entry.about);
  return (
    <Page
      title={card.company.name}
      lead={card.name}
      path={<PathLink to="/punch-cards">{w.title}</PathLink>}
      done={done}
      action={
        card.state === 'open' && card.can.useAt.length > 0 && open === null ? (
          <Button variant="filled" onClick={() => setOpen('use')}>
            {w.use}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="xl">
        {error !== null && <ErrorNotice error={error} />}
        {open !== null && (
          <Stack gap="sm" component="section" aria-labelledby="form">
            <Title order={2} id="form" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {open === 'use' ? (
              <UseForm card={card} onDone={() => said(w.used)} onClose={() => close(null)} />
            ) : (
              <ChangeForm key={`${open.what} ${open.entry.id}`} card={card} {...open} onDone={() => said(open.what === 'back' ? w.givenBack : w.moved)} onClose={() => close(null)} />
            )}
          </Stack>
        )}
        {card.can.answer && own !== undefined && (
          <Alert role="none" color={own.state === 'asked' ? 'yellow' : 'gray'}>
            <Stack gap="sm">
              <Text>{own.state === 'asked' ? w.answerAsk(card.school.name) : own.state === 'agreed' ? w.agreed : w.declined}</Text>
              <Group gap="sm">
                {own.state !== 'agreed' && <Button onClick={() => answer(true)}>{w.agree}</Button>}
                {own.state !== 'declined' && <Button onClick={() => answer(false)}>{w.decline}</Button>}
              </Group>
            </Stack>
          </Alert>
        )}
        <Stack gap="sm">
          <Group gap="sm">
            <Text fz="lg" fw={600}>
              {w.left(card.balance, card.units)}
            </Text>
            <Badge color={stateColours[card.state]}>{w.states[card.state]}</Badge>
          </Group>
          <Facts
            facts={[
              { label: w.company, value: <NameLink to={`/companies/${card.company.id}`}>{card.company.name}</NameLink> },
              { label: w.valid, value: w.period(day(card.validFrom), day(card.validTo)) },
              { label: w.seller, value: card.school.name },
              {
                label: w.honouredBy,
                value: (
                  <>
                    <div>{card.school.name}</div>
                    {card.honouring.map(({ school, state }) => (
                      <div key={school.id}>{w.honourOf(school.name, w.honour[state])}</div>
                    ))}
                  </>
                ),
              },
              { label: w.price, value: card.freeBecause === null ? w.priced(kroner(language, card.price), kroner(language, card.priceWithVat)) : w.freeFor(card.freeBecause) },
            ]}
          />
        </Stack>
        <Stack gap="md" component="section" aria-labelledby="ledger">
          <Title order={2} id="ledger">
            {w.ledger}
          </Title>
          <Group gap="lg">
            <Anchor href={`/api/punch-cards/${card.id}/statement.pdf`} download>
              {w.pdf}
            </Anchor>
            <Anchor href={`/api/punch-cards/${card.id}/statement.csv`} download>
              {w.csv}
            </Anchor>
          </Group>
          <Rows
            label={w.ledger}
            rows={card.entries}
            keyOf={({ id }) => id}
            name={{ head: w.purpose, cell: ({ about }) => <span style={{ overflowWrap: 'anywhere' }}>{about}</span> }}
            columns={[
              { head: w.day, plain: true, cell: (entry) => day(entry.day) },
              { head: w.what, plain: true, cell: ({ kind }) => w.kinds[kind] },
              { head: w.movement, cell: ({ units }) => (units > 0 ? `+${units}` : `${units}`.replace('-', '−')) },
              { head: w.balance, cell: ({ balance }) => `${balance}` },
              { head: w.worth, cell: ({ kind, amount }) => (kind === 'used' || kind === 'given_back' ? kroner(language, amount) : null) },
              { head: w.at, cell: ({ school }) => school.name },
              { head: w.by, cell: ({ by }) => by },
              {
                head: w.change,
                plain: true,
                width: '11rem',
                cell: (entry) =>
                  entry.can.change && open === null ? (
                    <Group gap="xs">
                      <Button size="xs" variant="subtle" aria-label={w.moveOf(entry.about)} onClick={() => setOpen({ what: 'move', entry })}>
                        {w.move}
                      </Button>
                      <Button size="xs" variant="subtle" aria-label={w.giveBackOf(entry.about)} onClick={() => setOpen({ what: 'back', entry })}>
                        {w.giveBack}
                      </Button>
                    </Group>
                  ) : null,
              },
            ]}
          />
        </Stack>
      </Stack>
    </Page>
  );
}

interface FormProps {
  card: Card;
  onDone(): Promise<void>;
  onClose(): void;
}
/** The key of an entry is made with the form: pressed twice, or sent again after a lost answer, it is one entry. */
const useKey = () => useState(() => v4() as PunchEntry['id'])[0];

function UseForm({ card, onDone, onClose }: FormProps) {
  const w = useWords(punchCardsWords);
  const { today } = useActing();
  const entry = useKey();
  const schools = [card.school, ...card.honouring.map(({ school }) => school)].filter(({ id }) => card.can.useAt.includes(id));
  const on = useServerForm<{ school: string; units: string | number; about: string; day: string }>({
    initial: { school: String(schools[0]?.id ?? ''), units: 1, about: '', day: today },
    async send({ school, units, about, day }, key) {
      await call(drawPunchCard, { params: { punchCard: card.id }, body: { entry, school: school as Card['school']['id'], units: Number(units), about, day } }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notUsed} save={w.useSave} opened onCancel={onClose}>
      {schools.length > 1 && <NativeSelect {...on.field('school')} label={w.at} data={schools.map(({ id, name }) => ({ value: String(id), label: name }))} maw={420} />}
      <NumberInput {...on.field('units')} label={w.useUnits} min={1} max={1000} allowDecimal={false} allowNegative={false} hideControls styles={{ wrapper: { maxWidth: 220 } }} />
      <Textarea {...on.field('about')} label={w.about} description={w.aboutHelp} autosize minRows={2} maxLength={300} />
      <DayInput {...on.field('day')} label={w.day} />
    </FormBody>
  );
}

function ChangeForm({ card, what, entry: use, onDone, onClose }: FormProps & { what: 'back' | 'move'; entry: PunchEntry }) {
  const w = useWords(punchCardsWords);
  const entry = useKey();
  const back = what === 'back';
  const on = useServerForm<{ because: string; about: string }>({
    initial: { because: '', about: '' },
    async send({ because, about }, key) {
      const params = { punchCard: card.id };
      if (back) await call(giveBackUnits, { params, body: { entry, use: use.id, because } }, { key });
      else await call(moveUnits, { params, body: { entry, use: use.id, about } }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={back ? w.notGivenBack : w.notMoved} save={back ? w.giveBackSave : w.moveSave} opened onCancel={onClose}>
      {back ? (
        <Textarea {...on.field('because')} label={w.because} autosize minRows={2} maxLength={300} />
      ) : (
        <Textarea {...on.field('about')} label={w.moveAbout} description={w.aboutHelp} autosize minRows={2} maxLength={300} />
      )}
    </FormBody>
  );
}
