// Holds text to plain technical English: no replaced phrase, lines of at most 120 characters, short decisions.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';
import { allowedPhrases, replacedPhrases } from './replaced-phrases.mjs';
import { listFiles } from './stamp.mjs';

const maxColumns = 120;
const maxDecisionLines = 60;

const folders = ['deploy', 'docs', 'packages', 'scripts', 'test'];
const ownFiles = ['CONTRIBUTING.md', 'README.md', 'SECURITY.md'];
const generated =
  /(?:^|\/)(?:dist|node_modules|coverage|generated)\/|^docs\/reference\/|^test\/ui\/aria\//;
const lists = new Set(['scripts/replaced-phrases.mjs', 'docs/glossary.md']);

const paths = [...ownFiles, ...folders.flatMap(listFiles)].filter(
  (path) => /\.(?:css|cjs|m?js|m?ts|tsx|md)$/.test(path) && !generated.test(path),
);

/** Blanks what continues a comment on the next line, so that a phrase is found across lines at its own offset. */
const joinLines = (text) =>
  text.replaceAll(/\n[ \t]*(?:\*(?!\/)|\/\/|>)?[ \t]*/g, (part) => ' '.repeat(part.length));

const phrases = replacedPhrases.map(([phrase, instead]) => ({
  pattern: new RegExp(String.raw`\b(?:${phrase.replaceAll(' ', String.raw`\s+`)})(?![\w(])`, 'gi'),
  instead,
}));

const unused = new Set(allowedPhrases);
const faults = [];

function isAllowed(path, found) {
  const row = allowedPhrases.find(({ file, phrase }) => file === path && phrase === found);
  if (row) unused.delete(row);
  return row !== undefined;
}

function checkPhrases(path, text) {
  const joined = joinLines(text);
  for (const { pattern, instead } of phrases)
    for (const { 0: match, index } of joined.matchAll(pattern)) {
      const found = match.replaceAll(/\s+/g, ' ').toLowerCase();
      if (isAllowed(path, found)) continue;
      const line = text.slice(0, index).split('\n').length;
      faults.push(`${path}:${line}: "${found}": write ${instead}`);
    }
}

/** The formatter breaks code at 100 columns and pages at 120. It leaves comments alone, and cannot break literals. */
const isComment = (line) =>
  /^\s*(?:\/\/|\/?\*)/.test(line) || /[;,{})\]]\s+\/\/ [^'"`]*$/.test(line);

function checkLines(path, text) {
  const isPage = path.endsWith('.md');
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length <= maxColumns || /\S{100}/.test(line)) continue;
    if (isPage ? !line.startsWith('|') : isComment(line))
      faults.push(`${path}:${index + 1}: ${line.length} columns: wrap at ${maxColumns}`);
  }
}

for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8');
  if (!lists.has(path)) checkPhrases(path, text);
  checkLines(path, text);
  const lineCount = text.trimEnd().split('\n').length;
  if (path.startsWith('docs/adr/') && lineCount > maxDecisionLines)
    faults.push(
      `${path}: ${lineCount} lines: at most ${maxDecisionLines}, figures to docs/benchmarks`,
    );
}
for (const { file, phrase } of unused) faults.push(`${file}: has no "${phrase}" to allow`);

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n${faults.length} faults in words and lines\n`);
  process.exitCode = 1;
}
