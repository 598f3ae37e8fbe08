import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { type Introduction, listIntroductions, listOwnSuppliers, listSupplierLists, readSupplierList } from '../contract.ts';
import { suppliersWords } from '../words.ts';
import { NoteForm } from './supplier-forms.tsx';

/** Why this company: which large companies send us there and what may be said in their name; nothing where none does. On a company's page and before a meeting. */
export function IntroductionsPanel({ company }: { company: string }) {
  const w = useWords(suppliersWords);
  const found = useRead(listIntroductions, { params: { company } }).data ?? [];
  if (found.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="introductions">
      <Title order={2} size="h3" id="introductions">
        {w.panel}
      </Title>
      {found.map((each) => (
        <Introduced key={`${each.supplier} ${each.version}`} it={each} />
      ))}
    </Stack>
  );
}

function Introduced({ it }: { it: Introduction }) {
  const w = useWords(suppliersWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { held } = it;
  return (
    <div>
      <blockquote style={{ margin: 0, whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{it.text}</blockquote>
      <Text size="sm" c="dimmed">
        {`${w.panelFrom(it.from.name, shortDay(language, it.on))}.`} {it.contact !== null && w.ask(it.contact)} {it.contactedAt === null && it.owner !== null && w.panelOwner(it.owner)}
      </Text>
      {it.seats > 0 && <Text size="sm">{w.tookSeats(it.seats)}</Text>}
      {held !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {held.left > 0 ? w.panelSeats(held.left, held.course, shortDay(language, held.until)) : w.panelNoSeats(held.course)}
        </Text>
      )}
      <Stack gap="xs" align="flex-start" mt={4}>
        {it.can.note && !open && (
          <Button size="xs" onClick={() => setOpen(true)}>
            {w.note}
          </Button>
        )}
        <NameLink to={`/suppliers/${it.list}`}>{w.see}</NameLink>
      </Stack>
      {open && (
        <NoteForm
          line={{ list: it.list, supplier: it.supplier, version: it.version, contacted: it.contactedAt !== null, seats: it.seats, owner: null, left: held?.left ?? null }}
          onDone={async () => {
            await refresh(queries, listIntroductions, listSupplierLists, readSupplierList, listOwnSuppliers);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** On a consultant's Today: companies that a large company sent one to. */
export function OwnSuppliers() {
  const w = useWords(suppliersWords);
  const mine = useRead(listOwnSuppliers, {}).data ?? [];
  if (mine.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="suppliers" maw={720}>
      <Title order={2} id="suppliers">
        {w.today}
      </Title>
      <Ruled>
        {mine.slice(0, 5).map(({ list, from, company }) => (
          <Rule key={`${list} ${company.id}`}>
            <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>
            <Text size="sm" c="dimmed">
              {[w.todayFrom(from), company.town].filter(Boolean).join(' · ')}
            </Text>
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/suppliers">{w.seeAll}</NameLink>
    </Stack>
  );
}
