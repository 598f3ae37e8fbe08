import { ActionIcon, Anchor } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAddressBook,
  IconAffiliate,
  IconArrowsExchange,
  IconBan,
  IconBook,
  IconBooks,
  IconBriefcase,
  IconBuildingCommunity,
  IconBuildingFactory2,
  IconBulb,
  IconCalendarEvent,
  IconCalendarStar,
  IconCalendarTime,
  IconCalendarWeek,
  IconChalkboard,
  IconChalkboardTeacher,
  IconCheckbox,
  IconChecklist,
  IconClock,
  IconCoins,
  IconFileCertificate,
  IconFileExport,
  IconFileImport,
  IconFileInvoice,
  IconGauge,
  IconHeartHandshake,
  IconHierarchy,
  IconHistory,
  IconId,
  IconInbox,
  IconKey,
  IconListCheck,
  IconMailForward,
  IconMenu2,
  IconMessageCircle,
  IconPhone,
  IconPlugConnected,
  IconPresentation,
  IconPuzzle,
  IconReceipt,
  IconReport,
  IconRotateClockwise2,
  IconRoute,
  IconScale,
  IconScaleOutline,
  IconSchool,
  IconSearch,
  IconSeedling,
  IconShieldLock,
  IconSignature,
  IconStack2,
  IconTableImport,
  IconUserShare,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { type ComponentType, Fragment, lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { inLanguage } from '../../kit/words.ts';
import { roleWords } from '../../modules/organisation/sign-in/words.ts';
import { longDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { initials, Mark } from '../../ui/mark.tsx';
import { uiWords } from '../../ui/words.ts';
import { navFor } from '../nav.ts';
import { shellWords } from '../words.ts';
import { leave } from './leave.ts';
import { useSession } from './session.tsx';
import classes from './shell.module.css';

const icons: Record<string, ComponentType<{ size?: number; stroke?: number }>> = {
  '/': IconCalendarEvent,
  '/calls': IconPhone,
  '/calls-made': IconListCheck,
  '/hearings': IconBan,
  '/campaigns': IconRoute,
  '/outreach-settings': IconScale,
  '/companies': IconBuildingFactory2,
  '/enquiries': IconInbox,
  '/suppliers': IconHierarchy,
  '/advisers': IconUserShare,
  '/followed': IconHeartHandshake,
  '/referrals': IconArrowsExchange,
  '/partnerships': IconSignature,
  '/impartial': IconScaleOutline,
  '/idea-bank': IconBulb,
  '/needs': IconPuzzle,
  '/courses': IconBook,
  '/classes': IconChalkboard,
  '/recruitment': IconBriefcase,
  '/provision': IconBooks,
  '/services': IconReceipt,
  '/teachers': IconChalkboardTeacher,
  '/proposals': IconSeedling,
  '/programmes': IconStack2,
  '/funding': IconCoins,
  '/invoice-lines': IconFileInvoice,
  '/meetings': IconCalendarTime,
  '/reports': IconReport,
  '/training-agreements': IconSignature,
  '/tasks': IconChecklist,
  '/consultant-meetings': IconPresentation,
  '/working-groups': IconAffiliate,
  '/week': IconCalendarWeek,
  '/rotas': IconRotateClockwise2,
  '/corners': IconMessageCircle,
  '/wish-forms': IconCheckbox,
  '/events': IconCalendarStar,
  '/capacity': IconGauge,
  '/my-time': IconClock,
  '/imports': IconFileImport,
  '/class-files': IconTableImport,
  '/consultants': IconId,
  '/schools': IconSchool,
  '/teams': IconUsersGroup,
  '/keys': IconPlugConnected,
  '/outbox': IconMailForward,
  '/export': IconFileExport,
  '/people': IconAddressBook,
  '/processors': IconFileCertificate,
  '/centre': IconBuildingCommunity,
  '/sign-in-settings': IconKey,
  '/data-protection': IconShieldLock,
  '/log': IconHistory,
};

function MainMenu({ onGo }: { onGo?: () => void }) {
  const w = useWords(shellWords);
  const { hat } = useSession();
  return (
    <nav aria-label={w.menu} className={classes.nav}>
      {navFor(hat.roles).map(({ group, entries }) => (
        <Fragment key={group}>
          {group !== null && (
            <p id={`menu-${group}`} className={classes.group}>
              {w.groups[group]}
            </p>
          )}
          <ul aria-labelledby={group === null ? undefined : `menu-${group}`}>
            {entries.map(({ to, word }) => {
              const Icon = icons[to];
              return (
                <li key={to}>
                  <Link to={to} onClick={onGo} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
                    {Icon && <Icon size={20} stroke={1.75} />}
                    {w[word]}
                  </Link>
                </li>
              );
            })}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}

function Person({ onGo }: { onGo?: () => void }) {
  const { language } = useLanguage();
  const { person, hat } = useSession();
  const roles = inLanguage(roleWords, language);
  return (
    <Link to="/me" onClick={onGo} className={classes.who}>
      <span className={classes.avatar} aria-hidden="true">
        {initials(person.name)}
      </span>
      <span>
        <b>{person.name}</b>
        <span>{hat.roles.map((role) => roles[role]).join(', ')}</span>
      </span>
    </Link>
  );
}

const DemonstrationClock = lazy(() => import('../../modules/organisation/sign-in/web/demonstration-clock.tsx').then((found) => ({ default: found.DemonstrationClock })));

/** What only a demonstration has: another person, the mailbox, and the day, which opens the date switch. */
function DemonstrationStrip() {
  const w = useWords(shellWords);
  const { language } = useLanguage();
  const { today } = useSession();
  const [open, clock] = useDisclosure();
  return (
    <section aria-label={w.demonstration} className={classes.demo}>
      <span>{w.demoStrip}</span>
      <Anchor component="button" type="button" fz="inherit" aria-expanded={open} aria-controls="demonstration-clock" onClick={clock.toggle}>
        {w.demoDay(longDay(language, today))}
      </Anchor>
      <Anchor component="button" type="button" fz="inherit" onClick={leave}>
        {w.switchPerson}
      </Anchor>
      <Anchor href="/mailbox" fz="inherit">
        {w.mailbox}
      </Anchor>
      <div id="demonstration-clock" className={classes.clock} hidden={!open}>
        {open && <Suspense fallback={null}>{<DemonstrationClock />}</Suspense>}
      </div>
    </section>
  );
}

const Palette = lazy(() => import('./palette.tsx'));

/** The palette is fetched when it is first wanted; the key opens it from anywhere. */
function useFindAll() {
  const [wanted, setWanted] = useState(false);
  const open = useCallback(() => {
    setWanted(true);
    import('./palette.tsx').then(({ openPalette }) => openPalette());
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
  return { open, palette: wanted && <Suspense fallback={null}>{<Palette />}</Suspense> };
}

const Brand = () => (
  <Link to="/" className={classes.brand}>
    <Mark />
    Vejnet
  </Link>
);

/** The frame around every page of those who work here: rail on a wide screen, top bar and drawer on a narrow one. */
export function Shell() {
  const w = useWords(shellWords);
  const shared = useWords(uiWords);
  const session = useSession();
  const [open, menu] = useDisclosure();
  const find = useFindAll();
  return (
    <div className={classes.app}>
      <a href="#main" className={classes.skip}>
        {shared.skip}
      </a>
      <header className={`${classes.rail} vn-rail`}>
        <Brand />
        <button type="button" className={classes.find} onClick={find.open}>
          <IconSearch size={16} stroke={1.75} />
          <span>{w.findAll}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <MainMenu />
        <Person />
      </header>
      <header className={classes.top}>
        <Brand />
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={w.findAll} onClick={find.open} ml="auto">
          <IconSearch size={24} stroke={1.75} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={w.openMenu} aria-expanded={open} aria-controls="phone-menu" onClick={menu.toggle}>
          {open ? <IconX size={24} stroke={1.75} /> : <IconMenu2 size={24} stroke={1.75} />}
        </ActionIcon>
      </header>
      {open && (
        <div className={classes.sheet} id="phone-menu">
          <MainMenu onGo={menu.close} />
          <Person onGo={menu.close} />
        </div>
      )}
      {find.palette}
      <div className={classes.main}>
        {session.demonstration && <DemonstrationStrip />}
        {session.hat.asCoordinator && session.hats.length > 1 && (
          <section aria-label={w.asCoordinator} className={classes.worn}>
            {w.asCoordinator}
            <Anchor component={Link} to="/me" fz="inherit" c="inherit">
              {w.hats}
            </Anchor>
          </section>
        )}
        <main id="main">
          <Outlet />
        </main>
        <footer className={classes.foot}>
          <Anchor href="/accessibility" size="sm">
            {w.accessibility}
          </Anchor>
        </footer>
      </div>
    </div>
  );
}
