import { Anchor, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Language, languages } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { type Adviser, addAdviser, endAdviser, listAdvisers, renewAdviserLink } from '../contract.ts';
import { advisersWords } from '../words.ts';

/** Neutral advisers who meet companies first (row 2.30), and the links they hand companies over with. */
export function AdvisersPage() {
  const w = useWords(advisersWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listAdvisers, {});
  const rows = list.data ?? [];
  const { editing, setEditing, done, close, opener } = useEditing();
  const said = async (text: string) => {
    await refresh(queries, listAdvisers);
    close(text);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('consultant', 'coordinator'), w.add)}>
      {editing && <Add onDone={() => said(w.saved)} onClose={() => setEditing(false)} />}
      <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Stack gap="md" maw={720}>
          <Text size="sm">
            <NameLink to="/enquiries">{w.seeEnquiries}</NameLink>
          </Text>
          <Ruled>
            {rows.map((adviser) => (
              <One key={adviser.id} adviser={adviser} onDone={said} />
            ))}
          </Ruled>
        </Stack>
      </ListState>
    </Page>
  );
}

function One({ adviser, onDone }: { adviser: Adviser; onDone(said: string): Promise<void> }) {
  const w = useWords(advisersWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const [ending, setEnding] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { id, name, can } = adviser;
  const params = { adviser: id };
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  return (
    <Rule>
      <Text fw={500}>{name}</Text>
      <Text size="sm">{adviser.organisation}</Text>
      <Anchor size="sm" href={`mailto:${adviser.email}`} style={{ overflowWrap: 'anywhere' }}>
        {adviser.email}
      </Anchor>
      <Text size="sm" c="dimmed">
        {[w.linked(day(adviser.linkedAt)), adviser.expired ? w.expired : w.until(day(adviser.until))].join(' · ')}
      </Text>
      {error !== null && <ErrorNotice error={error} />}
      {can.edit && (
        <Group gap="xs" mt={4}>
          <Button size="xs" aria-label={w.renewOf(name)} onClick={() => call(renewAdviserLink, { params }).then(() => onDone(w.renewed), setError)}>
            {w.renew}
          </Button>
          <Button size="xs" variant="subtle" aria-label={w.endOf(name)} onClick={() => setEnding(true)}>
            {w.end}
          </Button>
        </Group>
      )}
      <ConfirmDialog title={w.endTitle(name)} text={w.endText} yes={w.end} opened={ending} onClose={() => setEnding(false)} run={() => call(endAdviser, { params })} onDone={() => onDone(w.ended)} />
    </Rule>
  );
}

interface Values extends Record<string, unknown> {
  organisation: string;
  name: string;
  email: string;
  language: Language;
  saidYes: boolean;
}

function Add({ onDone, onClose }: { onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(advisersWords);
  const on = useServerForm<Values>({
    initial: { organisation: '', name: '', email: '', language: 'da', saidYes: false },
    sentences: { saidYes_not_allowed: w.sayYes, saidYes_invalid: w.sayYes },
    async send({ saidYes, ...body }, key) {
      await call(addAdviser, { body: { ...body, saidYes: saidYes as true } }, { key });
      await onDone();
    },
  });
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="add-adviser">
      <Title order={2} id="add-adviser">
        {w.addTitle}
      </Title>
      <Text c="var(--vn-ink-2)" maw="68ch">
        {w.addLead}
      </Text>
      <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose}>
        <TextInput label={w.organisation} description={w.organisationHelp} maxLength={200} {...on.field('organisation')} />
        <TextInput label={w.name} maxLength={200} autoComplete="off" {...on.field('name')} />
        <TextInput label={w.email} type="email" maxLength={320} autoComplete="off" {...on.field('email')} />
        <NativeSelect label={w.language} data={languages.map((value) => ({ value, label: w.languages[value] }))} {...on.field('language')} />
        <Checkbox label={w.saidYes} {...on.field('saidYes')} checked={on.form.getValues().saidYes} />
      </FormBody>
    </Stack>
  );
}
