const modules = ['organisation', 'companies', 'catalogue', 'outreach', 'idea-bank', 'advice', 'competence', 'networks', 'strategy', 'insight'];
const rooms = ['kit', 'platform', 'ui', 'app', 'modules'];
const banned = new Set(['index', 'utils', 'util', 'helpers', 'helper', 'services', 'service', 'repositories', 'types', 'hooks', 'common', 'misc', 'shared']);
/** Names that are whole words of the language of files: web pages must be called index.html by convention. */
const allowedAnyway = new Set(['src/app/web/index.html']);

const word = '[a-z0-9]+(?:-[a-z0-9]+)*';
const inConcern = [
  /^(contract|rules|model|words)\.ts$/,
  /^server\/(routes|queries|commands|jobs|public)\.ts$/,
  new RegExp(`^web/${word}(\\.page)?\\.tsx$`),
  new RegExp(`^web/${word}(\\.module)?\\.css$`),
  new RegExp(`^(web/|server/)?${word}(\\.page)?\\.test\\.tsx?$`),
];

function complaint(path: string): string | null {
  const [src, room = '', module = '', concern = '', ...rest] = path.split('/');
  if (src !== 'src') return 'is not below src';
  if (!rooms.includes(room)) return `src has only ${rooms.join(', ')}`;
  const bad = path.split('/').find((part) => banned.has(part.split('.')[0] ?? ''));
  if (bad !== undefined && !allowedAnyway.has(path)) return `"${bad}" says nothing about what is in it`;
  if (room !== 'modules') return null;
  if (!modules.includes(module)) return `${module} is no module of the design`;
  if (concern === 'README.md' && rest.length === 0) return null;
  if (rest.length === 0) return 'a module holds concerns and a README.md, no files';
  if (!new RegExp(`^${word}$`).test(concern)) return `${concern} is no name for a concern`;
  const within = rest.join('/');
  return inConcern.some((shape) => shape.test(within)) ? null : `${within} is not in the vocabulary of a concern`;
}

/** Every path that the closed vocabulary of the house does not have, with the reason. Paths are relative to the repository. */
export const outsideVocabulary = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const reason = complaint(path);
    return reason === null ? [] : [`${path}: ${reason}`];
  });
