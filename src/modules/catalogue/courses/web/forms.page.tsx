import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { addDeliveryForm, type DeliveryForm, listDeliveryForms, usualForms, writeDeliveryForm } from '../contract.ts';
import { useCourseWords } from './public.tsx';

/** The list of forms of delivery, which grows (row 4.25). */
export function DeliveryFormsPage() {
  const w = useCourseWords();
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listDeliveryForms, {});
  const { editing: open, done, close, opener } = useEditing();
  const [error, setError] = useState<unknown>(null);
  const saved = async ({ nameDa }: DeliveryForm) => {
    await refresh(queries, listDeliveryForms);
    setError(null);
    close(w.formSaved(nameDa));
  };
  const turn = (form: DeliveryForm) => {
    call(writeDeliveryForm, { params: { code: form.code }, body: { nameDa: form.nameDa, nameEn: form.nameEn, retired: !form.retired } }, { version: form.version }).then(saved, setError);
  };
  return (
    <Page title={w.forms} lead={w.formsLead} path={<PathLink to="/courses">{w.title}</PathLink>} done={done} action={opener(may('coordinator'), w.addForm)}>
      <Stack gap="xl" maw={720}>
        {open && (
          <FormOnTop id="add-form" title={w.addForm}>
            <AddForm onClose={() => close(null)} onDone={saved} />
          </FormOnTop>
        )}
        {error !== null && <ErrorNotice error={error} />}
        <Text>{sideBySide(usualForms.map((code) => w.form[code]))}</Text>
        <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.noForms} />}>
          <Ruled>
            {(list.data ?? []).map((form) => (
              <Rule
                key={form.code}
                action={
                  may('coordinator') ? (
                    <Button size="xs" variant="subtle" aria-label={`${form.retired ? w.formBring : w.formRetire}: ${form.nameDa}`} onClick={() => turn(form)}>
                      {form.retired ? w.formBring : w.formRetire}
                    </Button>
                  ) : undefined
                }
              >
                <Group gap="xs">
                  <Text fw={600}>{form.nameDa}</Text>
                  {form.retired && <Badge color="gray">{w.retired}</Badge>}
                </Group>
                <Text size="sm" c="var(--vn-ink-2)">
                  {sideBySide([form.nameEn, form.code])}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </ListState>
      </Stack>
    </Page>
  );
}

function AddForm({ onClose, onDone }: { onClose(): void; onDone(saved: DeliveryForm): unknown }) {
  const w = useCourseWords();
  const on = useServerForm({
    initial: { nameDa: '', nameEn: '', code: '' },
    async send(body, key) {
      await onDone(await call(addDeliveryForm, { body }, { key }));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addForm} onCancel={onClose} opened>
      <TextInput {...on.field('nameDa')} label={w.formDa} autoComplete="off" maxLength={80} />
      <TextInput {...on.field('nameEn')} label={w.formEn} autoComplete="off" maxLength={80} />
      <TextInput {...on.field('code')} label={w.formCode} description={w.formCodeHelp} autoComplete="off" maxLength={40} maw={240} />
    </FormBody>
  );
}
