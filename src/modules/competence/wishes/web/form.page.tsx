import { Alert, Badge, Button, CopyButton, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page, saying } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { listWishForms, readWishForm, removeWishForm, renewStewardLink, type WishFormPage as Whole } from '../contract.ts';
import { wishesWords } from '../words.ts';
import { stateColours } from './forms.page.tsx';
import { keepStewardLink, stewardLinkOf } from './steward-link.tsx';
import { useTopicName } from './topic-name.tsx';

export function WishFormPage() {
  const w = useWords(wishesWords);
  const { form } = useParams({ strict: false }) as { form: string };
  const asked = useRead(readWishForm, { params: { form } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} form={found} />}
    </FetchedPage>
  );
}

function Sheet({ form }: { form: Whole }) {
  const w = useWords(wishesWords);
  const between = useWords(uiWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [renewing, setRenewing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setRenewing(false);
    focusTitle();
  };
  const actions = form.can.edit && !renewing && (
    <>
      <Button variant="subtle" onClick={() => setRemoving(true)}>
        {w.remove}
      </Button>
      <Button
        onClick={() => {
          setDone(null);
          setRenewing(true);
        }}
      >
        {w.renew}
      </Button>
    </>
  );
  return (
    <Page
      title={form.company.name}
      lead={
        <>
          <Badge color={stateColours[form.state]}>{w.states[form.state]}</Badge> {between.fromTo(shortDay(language, form.firstDay), shortDay(language, form.lastDay))}
        </>
      }
      path={<PathLink to="/wish-forms">{w.title}</PathLink>}
      done={done}
      action={actions || undefined}
    >
      <Columns
        aside={
          <>
            <Facts
              narrow
              facts={[
                { label: w.steward, value: form.steward.name },
                { label: w.template, value: w.templates[form.template] },
                { label: w.school, value: form.school?.name ?? w.centre },
                { label: w.madeBy, value: form.madeBy },
              ]}
            />
            {(form.state === 'ahead' || form.state === 'open') && <Links form={form} />}
          </>
        }
      >
        {renewing && (
          <Renew
            form={form}
            onClose={close}
            onDone={async (saved) => {
              keepStewardLink(saved);
              await refresh(queries, readWishForm, listWishForms);
              setDone(saved.steward.email === null ? w.renewed : w.stewardMailed(saved.steward.email));
              close();
            }}
          />
        )}
        <StewardLink form={form} />
        <Result form={form} />
      </Columns>
      <ConfirmDialog
        title={w.removeTitle}
        text={w.removeText}
        yes={w.remove}
        opened={removing}
        onClose={() => setRemoving(false)}
        run={() => call(removeWishForm, { params: { form: form.id } })}
        onDone={async () => {
          await refresh(queries, listWishForms);
          await navigate({ to: '/wish-forms', state: saying(w.removed) });
        }}
      />
    </Page>
  );
}

function Result({ form }: { form: Whole }) {
  const w = useWords(wishesWords);
  const topicName = useTopicName(form.own);
  const { result } = form;
  return (
    <Stack gap="sm" component="section" aria-labelledby="result">
      <Title order={2} id="result">
        {w.result}
      </Title>
      {result === null ? (
        <Text maw="var(--vn-read)">{form.state === 'over' ? w.beingCounted : w.running}</Text>
      ) : result.answers === null ? (
        <Text maw="var(--vn-read)">{w.tooFew(result.threshold)}</Text>
      ) : (
        <>
          <Text>{w.answered(result.answers)}</Text>
          <Rows
            label={w.result}
            rows={[...result.counts].sort((a, b) => (b.atLeast ?? 0) - (a.atLeast ?? 0))}
            keyOf={({ topic }) => topic}
            name={{ head: w.topic, cell: ({ topic }) => topicName(topic) }}
            columns={[{ head: w.atLeast, width: '8rem', cell: ({ atLeast }) => atLeast ?? '–' }]}
          />
          <Text size="sm" c="dimmed" maw="var(--vn-read)">
            {w.footnote(result.threshold)}
          </Text>
        </>
      )}
    </Stack>
  );
}

function Copied({ value, label }: { value: string; label: string }) {
  const w = useWords(wishesWords);
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <TextInput label={label} value={value} readOnly onFocus={(event) => event.currentTarget.select()} flex={1} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button onClick={copy} aria-label={`${copied ? w.copied : w.copy}: ${label}`} px="sm">
            {copied ? <IconCheck size={20} stroke={1.75} /> : <IconCopy size={20} stroke={1.75} />}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

function StewardLink({ form }: { form: Whole }) {
  const w = useWords(wishesWords);
  const link = stewardLinkOf(form.id);
  if (link === null) return null;
  return (
    <Alert color="yellow">
      <Copied value={link} label={w.stewardOnce} />
    </Alert>
  );
}

function Links({ form }: { form: Whole }) {
  const w = useWords(wishesWords);
  return (
    <Stack gap="sm" component="section" aria-labelledby="links">
      <Title order={2} id="links">
        {w.links}
      </Title>
      <Text size="sm">{w.linksText}</Text>
      <Copied value={form.link} label={w.link} />
      <Copied value={form.code} label={w.code} />
      <Button component="a" href={form.paper} target="_blank" rel="noreferrer" leftSection={<IconPrinter size={20} stroke={1.75} />}>
        {w.openPaper}
      </Button>
    </Stack>
  );
}

function Renew({ form, onDone, onClose }: { form: Whole; onDone(saved: Whole): Promise<void>; onClose(): void }) {
  const w = useWords(wishesWords);
  const valuesOf = ({ steward }: Whole) => ({ name: steward.name, email: steward.email ?? '', language: steward.language as string });
  const on = useServerForm<ReturnType<typeof valuesOf>, Whole>({
    initial: valuesOf(form),
    edits: { seen: form, valuesOf },
    async send({ name, email, language }, _key, version) {
      const body = { name, email: email.trim() === '' ? null : email.trim(), language: language as 'da' | 'en' };
      await onDone(await call(renewStewardLink, { params: { form: form.id }, body }, { version }));
    },
  });
  return (
    <Stack gap="sm" component="section" aria-labelledby="renew">
      <Title order={2} id="renew">
        {w.renew}
      </Title>
      <Text size="sm">{w.renewHelp}</Text>
      <FormBody
        on={on}
        notSaved={w.notRenewed}
        save={w.renewSave}
        onCancel={onClose}
        inWords={(values) => [
          { label: w.stewardName, text: values.name },
          { label: w.stewardEmail, text: values.email },
        ]}
        opened
      >
        <TextInput {...on.field('name')} label={w.stewardName} autoComplete="off" maxLength={200} />
        <TextInput {...on.field('email')} label={w.stewardEmail} description={w.stewardEmailHelp} type="email" autoComplete="off" maxLength={320} />
        <NativeSelect {...on.field('language')} label={w.stewardLanguage} data={(['da', 'en'] as const).map((value) => ({ value, label: w.languages[value] }))} maw={200} />
      </FormBody>
    </Stack>
  );
}
