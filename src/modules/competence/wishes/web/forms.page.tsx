import { Badge, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { addWishForm, listWishForms, type WishForm, type WishFormPage } from '../contract.ts';
import { type Template, templateNames, templates } from '../rules.ts';
import { wishesWords } from '../words.ts';
import { keepStewardLink } from './steward-link.tsx';
import { useTopicName } from './topic-name.tsx';

export const stateColours = { ahead: 'gray', open: 'fjord', over: 'yellow', counted: 'green' } as const;

/** Forms of the own school and of the centre, for the coordinator all. */
export function WishFormsPage() {
  const w = useWords(wishesWords);
  const between = useWords(uiWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const list = useRows(listWishForms, {});
  const { editing: open, close, opener } = useEditing();
  const adder = opener(true, w.add, true);
  const days = ({ firstDay, lastDay }: WishForm) => between.fromTo(shortDay(language, firstDay), shortDay(language, lastDay));
  return (
    <Page title={w.title} lead={w.lead} action={list.data?.length ? adder : undefined}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-form" title={w.add}>
            <AddForm
              onClose={() => close(null)}
              onDone={async (saved) => {
                keepStewardLink(saved);
                await refresh(queries, listWishForms);
                await navigate({ to: `/wish-forms/${saved.id}`, state: saying(w.added(saved.company.name)) });
              }}
            />
          </FormOnTop>
        )}
        <ListState list={list} count={list.data?.length ?? 0} empty={open ? null : <Empty title={w.emptyTitle} text={w.emptyText} action={adder} />}>
          <Rows
            label={w.title}
            rows={list.data ?? []}
            keyOf={({ id }) => id}
            name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/wish-forms/${id}`}>{company.name}</NameLink> }}
            columns={[
              { head: w.state, plain: true, width: '11rem', cell: ({ state }) => <Badge color={stateColours[state]}>{w.states[state]}</Badge> },
              { head: w.when, width: '17rem', cell: days },
              { head: w.steward, width: '16%', cell: ({ steward }) => steward.name },
              { head: w.answers, width: '9rem', cell: ({ result }) => (result === null ? null : (result.answers ?? '–')) },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}

function AddForm({ onDone, onClose }: { onDone(saved: WishFormPage): Promise<void>; onClose(): void }) {
  const w = useWords(wishesWords);
  const { today } = useActing();
  const topicName = useTopicName([]);
  const on = useServerForm({
    initial: { company: '', template: 'general', own: '', firstDay: today, lastDay: '', steward: { name: '', email: '', language: 'da' } },
    async send(values, key) {
      const own = values.own.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
      const steward = { name: values.steward.name, email: values.steward.email.trim() === '' ? null : values.steward.email.trim(), language: values.steward.language as 'da' | 'en' };
      await onDone(
        await call(
          addWishForm,
          { body: { company: values.company as WishForm['company']['id'], template: values.template as Template, own, firstDay: values.firstDay, lastDay: values.lastDay, steward } },
          { key },
        ),
      );
    },
  });
  const { template } = on.form.getValues();
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addSave} onCancel={onClose} opened>
      <PickCompany {...on.field('company')} />
      <NativeSelect {...on.field('template')} label={w.template} data={templateNames.map((value) => ({ value, label: w.templates[value] }))} maw={320} />
      <Text size="sm" c="var(--vn-ink-2)" maw="var(--vn-read)">
        {w.topicsOf}: {sideBySide(templates[template as Template].map(topicName))}
      </Text>
      <Textarea {...on.field('own')} label={w.own} description={w.ownHelp} autosize minRows={2} maxRows={6} maw={400} />
      <DayInput {...on.field('firstDay')} label={w.firstDay} />
      <DayInput {...on.field('lastDay')} label={w.lastDay} description={w.lastDayHelp} />
      <TextInput {...on.field('steward.name')} label={w.stewardName} autoComplete="off" maxLength={200} maw={400} />
      <TextInput {...on.field('steward.email')} label={w.stewardEmail} description={w.stewardEmailHelp} type="email" autoComplete="off" maxLength={320} maw={400} />
      <NativeSelect {...on.field('steward.language')} label={w.stewardLanguage} data={(['da', 'en'] as const).map((value) => ({ value, label: w.languages[value] }))} maw={200} />
    </FormBody>
  );
}
