import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { call } from '../../../../ui/client.ts';
import { ErrorSummary, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { refresh } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { addCompany, listCompanies } from '../contract.ts';
import { registerWords } from '../words.ts';

export function AddCompanyPage() {
  const w = useWords(registerWords);
  const shared = useWords(uiWords);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { field, pending, submit, summary } = useServerForm({
    initial: { cvr: '', name: '', address: '', postcode: '', town: '', phone: '' },
    sentences: { cvr_cvr: w.wrongCvr },
    async send(body, key) {
      await call(addCompany, { body }, { key });
      await refresh(queries, listCompanies);
      await navigate({ to: '/companies' });
    },
  });
  const optional = (label: string) => `${label} ${shared.optional}`;
  return (
    <Page
      title={w.addTitle}
      lead={w.addLead}
      path={
        <Anchor component={Link} to="/companies" c="inherit">
          {w.title}
        </Anchor>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={480}>
          <ErrorSummary summary={summary} title={w.notSaved} />
          <TextInput {...field('cvr')} label={w.cvr} description={w.cvrHelp} inputMode="numeric" autoComplete="off" maw={240} />
          <TextInput {...field('name')} label={w.name} autoComplete="off" />
          <TextInput {...field('address')} label={optional(w.address)} autoComplete="off" />
          <TextInput {...field('postcode')} label={optional(w.postcode)} inputMode="numeric" autoComplete="off" maw={160} />
          <TextInput {...field('town')} label={optional(w.town)} autoComplete="off" />
          <TextInput {...field('phone')} label={optional(w.phone)} inputMode="tel" autoComplete="off" maw={240} />
          <Button type="submit" variant="filled" loading={pending} style={{ alignSelf: 'flex-start' }}>
            {w.save}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}
