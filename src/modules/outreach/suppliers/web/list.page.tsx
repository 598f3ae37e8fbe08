import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { dayOf, shortDay, cvr as spacedCvr } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { Some } from '../../../../ui/some.tsx';
import { addCompany } from '../../../companies/register/contract.ts';
import { CompanySearch } from '../../../companies/register/web/public.tsx';
import { listIntroductions, listOwnSuppliers, listSupplierLists, matchSupplier, readSupplierList, type Supplier, type SupplierList, withdrawSupplierList } from '../contract.ts';
import { suppliersWords } from '../words.ts';
import { AddLines, EditList } from './list-forms.tsx';
import { HoldForm, type Line, NoteForm, PassForm, SeatForm } from './supplier-forms.tsx';

export function SupplierListPage() {
  const w = useWords(suppliersWords);
  const { list } = useParams({ strict: false }) as { list: string };
  const asked = useRead(readSupplierList, { params: { list } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} list={found} />}
    </FetchedPage>
  );
}

/** Where a line stands in the work. */
const standing = ({ refusal, company, contactedAt, available }: Supplier) =>
  refusal !== null ? 'refused' : company === null ? 'toFind' : contactedAt !== null ? 'done' : available ? 'toContact' : 'notAvailable';

function Sheet({ list }: { list: SupplierList }) {
  const w = useWords(suppliersWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'add' | 'hold' | null>(null);
  const [withdrawing, setWithdrawing] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readSupplierList, listSupplierLists, listIntroductions, listOwnSuppliers);
    setDone(text);
    close();
  };
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  const { held, withdrawnAt } = list;
  const of = (what: ReturnType<typeof standing>) => list.lines.filter((each) => standing(each) === what);
  const left = held === null || held.releasedAt !== null ? null : held.seats - held.taken;
  const line = (supplier: Supplier) => <One key={`${supplier.id} ${supplier.version}`} list={list} supplier={supplier} left={left} onDone={said} />;
  const actions = open === null && list.can.edit && (
    <>
      <Button variant="subtle" onClick={() => setWithdrawing(true)}>
        {w.withdraw}
      </Button>
      <Button onClick={() => setOpen('edit')}>{w.edit}</Button>
      <Button onClick={() => setOpen('add')}>{w.addMore}</Button>
    </>
  );
  return (
    <Page
      title={list.from.name}
      lead={withdrawnAt === null ? w.contacted(list.suppliers.contacted, list.suppliers.all) : w.withdrawnOn(day(withdrawnAt))}
      path={<PathLink to="/suppliers">{w.title}</PathLink>}
      done={done}
      action={actions || undefined}
    >
      <ConfirmDialog
        title={w.withdrawTitle(list.from.name)}
        text={w.withdrawText}
        yes={w.withdrawYes}
        opened={withdrawing}
        onClose={() => setWithdrawing(false)}
        run={() => call(withdrawSupplierList, { params: { list: list.id } }, { version: list.version })}
        onDone={() => said(w.withdrawDone)}
      />
      <Columns
        aside={
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {w.madeBy(list.madeBy, day(list.madeAt))}
            </Text>
            <NameLink to={`/companies/${list.from.id}`}>{list.from.name}</NameLink>
          </Stack>
        }
      >
        {list.introduction !== null && (
          <section aria-labelledby="introduction">
            <Title order={2} size="h3" id="introduction">
              {w.introduction}
            </Title>
            <blockquote style={{ margin: '8px 0', whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{list.introduction}</blockquote>
            {list.contact !== null && <Text size="sm">{w.ask(list.contact.name)}</Text>}
          </section>
        )}
        {held !== null && (
          <section aria-labelledby="held">
            <Title order={2} size="h3" id="held">
              {w.heldHead}
            </Title>
            <Text style={{ overflowWrap: 'anywhere' }}>{w.held(held.taken, held.seats, held.course)}</Text>
            <Text size="sm" c="var(--vn-ink-2)">
              {held.releasedAt === null ? w.heldUntil(shortDay(language, held.until)) : w.heldReleased(held.seats - held.taken)}
            </Text>
            {held.class !== null && <NameLink to={`/classes/${held.class.id}`}>{w.heldIn(held.class.title, shortDay(language, held.class.starts), held.class.town)}</NameLink>}
            {list.can.hold && open === null && (
              <Button mt="xs" onClick={() => setOpen('hold')}>
                {w.hold}
              </Button>
            )}
          </section>
        )}
        {open === 'hold' && <HoldForm list={list} onDone={() => said(w.heldNow)} onClose={close} />}
        {open === 'edit' && <EditList list={list} onDone={() => said(w.edited)} onClose={close} />}
        {open === 'add' && <AddLines list={list} onDone={() => said(w.added)} onClose={close} />}
        <Part id="to-find" title={w.toFind} text={list.can.edit ? w.toFindText : undefined} lines={of('toFind')}>
          {line}
        </Part>
        <Part id="to-contact" title={w.toContact} lines={of('toContact')}>
          {line}
        </Part>
        <Part id="done" title={w.done} lines={of('done')}>
          {line}
        </Part>
        <Part id="not-available" title={w.notAvailableHead} text={w.notAvailableText} lines={of('notAvailable')}>
          {line}
        </Part>
        <Part id="refused" title={w.refusedHead} lines={of('refused')}>
          {({ id, written, refusal }) => (
            <Rule key={id}>
              <Text style={{ overflowWrap: 'anywhere' }}>{written}</Text>
              <Text size="sm" c="dimmed">
                {refusal !== null && w.refusals[refusal]}
              </Text>
            </Rule>
          )}
        </Part>
      </Columns>
    </Page>
  );
}

function Part({ id, title, text, lines, children }: { id: string; title: string; text?: string | undefined; lines: Supplier[]; children(line: Supplier): ReactNode }) {
  const w = useWords(suppliersWords);
  if (lines.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {`${title} (${lines.length})`}
      </Title>
      {text !== undefined && (
        <Text size="sm" c="var(--vn-ink-2)" maw="68ch">
          {text}
        </Text>
      )}
      <Some rows={lines} first={20} all={w.showAll}>
        {(rows) => <Ruled>{rows.map(children)}</Ruled>}
      </Some>
    </Stack>
  );
}

function One({ list, supplier, left, onDone }: { list: SupplierList; supplier: Supplier; left: number | null; onDone(said: string): Promise<void> }) {
  const w = useWords(suppliersWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const [open, setOpen] = useState<'find' | 'note' | 'pass' | 'seat' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { company, owner, can, contactedAt } = supplier;
  const name = company?.name ?? supplier.name ?? supplier.written;
  const line: Line = { list: list.id, supplier: supplier.id, version: supplier.version, contacted: contactedAt !== null, seats: supplier.seats, owner: owner?.id ?? null, left };
  const match = (id: string) =>
    call(matchSupplier, { params: { list: list.id, supplier: supplier.id }, body: { company: id as never } }, { version: supplier.version }).then(() => onDone(w.matched), setError);
  // A number that no extract knows: the company is added by hand, as everywhere, and waits for CVR.
  const addUnknown = async (cvr: string) => {
    try {
      const { id } = await call(addCompany, { body: { cvr, name: supplier.name ?? cvr, town: supplier.town } });
      await match(id);
    } catch (refusal) {
      const known = refusal instanceof Refusal && refusal.problem.code === 'company_known' ? refusal.problem.about?.company : undefined;
      if (typeof known === 'string') await match(known);
      else setError(refusal);
    }
  };
  const close = () => setOpen(null);
  return (
    <Rule>
      <Group gap="xs">
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {company === null ? name : <NameLink to={`/companies/${company.id}`}>{name}</NameLink>}
        </Text>
        {company !== null && !supplier.available && <Badge leftSection={<IconLock size={16} stroke={1.75} />}>{w.notAvailable}</Badge>}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {company === null
          ? supplier.cvr !== null
            ? w.unknownCvr(spacedCvr(supplier.cvr))
            : supplier.written
          : [company.town, supplier.name !== null && supplier.name !== company.name ? supplier.written : null].filter(Boolean).join(' · ')}
      </Text>
      {company !== null && (owner !== null || (supplier.available && contactedAt === null)) && (
        <Text size="sm" c="var(--vn-ink-2)">
          {owner === null ? w.noOwner : `${[owner.name, owner.school].filter(Boolean).join(', ')} ${supplier.because === null ? '' : w.because[supplier.because]}`}
          {supplier.byHandReason === null ? '.' : `: ${supplier.byHandReason}`}
        </Text>
      )}
      {contactedAt !== null && (
        <Text size="sm">
          {[w.contactedOn(shortDay(language, dayOf(zone, contactedAt))), supplier.seats > 0 ? (supplier.seated ? w.seatedIn : w.tookSeats)(supplier.seats) : null].filter(Boolean).join(' · ')}
        </Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {open === null && (
        <Group gap="xs" mt={4}>
          {can.match && company === null && (
            <>
              {supplier.suggested.map(({ id, name: suggested, town, cvr }) => (
                <Button key={id} size="xs" h="auto" mih={32} py={4} styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }} onClick={() => match(id)}>
                  {w.isIt([suggested, town, spacedCvr(cvr)].filter(Boolean).join(', '))}
                </Button>
              ))}
              {supplier.cvr !== null && supplier.name !== null && (
                <Button size="xs" aria-label={`${w.addUnknown}: ${name}`} onClick={() => addUnknown(supplier.cvr ?? '')}>
                  {w.addUnknown}
                </Button>
              )}
              <Button size="xs" variant="subtle" aria-label={`${w.other}: ${name}`} onClick={() => setOpen('find')}>
                {w.other}
              </Button>
            </>
          )}
          {can.seat && (
            <Button size="xs" aria-label={`${w.takeSeats}: ${name}`} onClick={() => setOpen('seat')}>
              {w.takeSeats}
            </Button>
          )}
          {can.note && (
            <Button size="xs" aria-label={`${w.note}: ${name}`} onClick={() => setOpen('note')}>
              {w.note}
            </Button>
          )}
          {can.pass && owner !== null && (
            <Button size="xs" variant="subtle" aria-label={`${w.pass}: ${name}`} onClick={() => setOpen('pass')}>
              {w.pass}
            </Button>
          )}
          {can.match && company !== null && (
            <Button size="xs" variant="subtle" aria-label={`${w.wrong}: ${name}`} onClick={() => setOpen('find')}>
              {w.wrong}
            </Button>
          )}
        </Group>
      )}
      {open === 'find' && <CompanySearch label={w.search} none={w.searchNone} initial={supplier.name ?? ''} onPick={({ id }) => match(id)} onClose={close} />}
      {open === 'note' && <NoteForm line={line} onDone={() => onDone(w.noted)} onClose={close} />}
      {open === 'seat' && <SeatForm line={line} onDone={() => onDone(w.seatsTaken)} onClose={close} />}
      {open === 'pass' && <PassForm line={line} onDone={() => onDone(w.passed)} onClose={close} />}
    </Rule>
  );
}
